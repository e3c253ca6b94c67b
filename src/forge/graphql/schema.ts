import { buildSchema } from 'graphql';

/** The part of GitHub's GraphQL schema that is served: what REST lacks, and what is needed to get there. */
export const schemaText = `
  scalar DateTime
  scalar URI
  scalar GitObjectID
  enum IssueState { OPEN CLOSED }
  enum PullRequestState { OPEN CLOSED MERGED }
  enum PullRequestMergeMethod { MERGE REBASE SQUASH }
  interface Node { id: ID! }
  interface Actor { login: String! url: URI! }
  type User implements Node & Actor { id: ID! databaseId: Int login: String! url: URI! }
  type Bot implements Node & Actor { id: ID! databaseId: Int login: String! url: URI! }
  type Repository implements Node {
    id: ID! databaseId: Int name: String! nameWithOwner: String! url: URI! isPrivate: Boolean!
    issue(number: Int!): Issue
    pullRequest(number: Int!): PullRequest
  }
  type Issue implements Node {
    id: ID! databaseId: Int number: Int! title: String! body: String! url: URI! state: IssueState! createdAt: DateTime!
    author: Actor parent: Issue repository: Repository!
  }
  type PullRequest implements Node {
    id: ID! databaseId: Int number: Int! title: String! body: String! url: URI! state: PullRequestState! isDraft: Boolean!
    merged: Boolean! headRefName: String! headRefOid: GitObjectID! baseRefName: String! author: Actor repository: Repository!
    autoMergeRequest: AutoMergeRequest
  }
  type AutoMergeRequest {
    commitBody: String commitHeadline: String enabledAt: DateTime enabledBy: Actor mergeMethod: PullRequestMergeMethod!
  }
  type RateLimit { limit: Int! cost: Int! remaining: Int! used: Int! resetAt: DateTime! }
  type Query {
    viewer: User!
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    node(id: ID!): Node
    rateLimit: RateLimit
  }
  input CreateIssueInput {
    clientMutationId: String repositoryId: ID! title: String! body: String labelIds: [ID!] assigneeIds: [ID!] parentIssueId: ID
  }
  type CreateIssuePayload { clientMutationId: String issue: Issue }
  input DeleteIssueInput { clientMutationId: String issueId: ID! }
  type DeleteIssuePayload { clientMutationId: String repository: Repository }
  input TransferIssueInput { clientMutationId: String issueId: ID! repositoryId: ID! createLabelsIfMissing: Boolean = false }
  type TransferIssuePayload { clientMutationId: String issue: Issue }
  input MarkPullRequestReadyForReviewInput { clientMutationId: String pullRequestId: ID! }
  type MarkPullRequestReadyForReviewPayload { clientMutationId: String pullRequest: PullRequest }
  input ConvertPullRequestToDraftInput { clientMutationId: String pullRequestId: ID! }
  type ConvertPullRequestToDraftPayload { clientMutationId: String pullRequest: PullRequest }
  input EnablePullRequestAutoMergeInput {
    clientMutationId: String pullRequestId: ID! commitHeadline: String commitBody: String expectedHeadOid: GitObjectID
    mergeMethod: PullRequestMergeMethod = MERGE
  }
  type EnablePullRequestAutoMergePayload { clientMutationId: String actor: Actor pullRequest: PullRequest }
  input DisablePullRequestAutoMergeInput { clientMutationId: String pullRequestId: ID! }
  type DisablePullRequestAutoMergePayload { clientMutationId: String actor: Actor pullRequest: PullRequest }
  type Mutation {
    createIssue(input: CreateIssueInput!): CreateIssuePayload
    deleteIssue(input: DeleteIssueInput!): DeleteIssuePayload
    transferIssue(input: TransferIssueInput!): TransferIssuePayload
    markPullRequestReadyForReview(input: MarkPullRequestReadyForReviewInput!): MarkPullRequestReadyForReviewPayload
    convertPullRequestToDraft(input: ConvertPullRequestToDraftInput!): ConvertPullRequestToDraftPayload
    enablePullRequestAutoMerge(input: EnablePullRequestAutoMergeInput!): EnablePullRequestAutoMergePayload
    disablePullRequestAutoMerge(input: DisablePullRequestAutoMergeInput!): DisablePullRequestAutoMergePayload
  }
`;

export const schema = buildSchema(schemaText);
