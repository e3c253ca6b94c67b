import type { Operation } from '../server/operation.ts';
import { dispatchRepository, dispatchWorkflow } from './actions/dispatches.ts';
import { getJob, getJobLog, listJobs } from './actions/jobs.ts';
import { rerunAll, rerunFailed } from './actions/rerun.ts';
import { cancelRun, getRun, listRuns, listRunsOfWorkflow } from './actions/runs.ts';
import { getWorkflow, listWorkflows } from './actions/workflows.ts';
import { createInstallationToken, revokeInstallationToken } from './apps/access-tokens.ts';
import { getApp } from './apps/app.ts';
import { getDelivery, listDeliveries, redeliver } from './apps/hook-deliveries.ts';
import { listInstallationRepositories } from './apps/installation-repositories.ts';
import {
  getInstallation,
  getRepositoryInstallation,
  listInstallations,
  suspendInstallation,
  unsuspendInstallation,
} from './apps/installations.ts';
import { getBranch, listBranches } from './branches/branches.ts';
import { compare, getCommit, listPullsOfCommit, listRepositoryCommits } from './branches/commits.ts';
import { deleteProtection, getProtection, updateProtection } from './branches/protection.ts';
import {
  getCheckRun,
  getSuite,
  listAnnotations,
  listRunsOfRef,
  listRunsOfSuite,
  listSuitesOfRef,
  rerequestRun,
  rerequestSuite,
} from './checks/read-checks.ts';
import { createCheckRun, updateCheckRun } from './checks/write-check-run.ts';
import {
  addCollaborator,
  checkCollaborator,
  getCollaboratorPermission,
  listCollaborators,
  removeCollaborator,
} from './collaborators/collaborators.ts';
import { createComment } from './comments/create-comment.ts';
import { listIssueComments, listRepositoryComments } from './comments/list-comments.ts';
import { deleteComment, getComment, updateComment } from './comments/one-comment.ts';
import { deleteContents, putContents } from './contents/change-contents.ts';
import { getContents, getRootContents } from './contents/get-contents.ts';
import { addBlockedBy, listBlockedBy, listBlocking, removeBlockedBy } from './dependencies/dependencies.ts';
import { createBlob, getBlob } from './git/blobs.ts';
import { createGitCommit, getGitCommit } from './git/git-commits.ts';
import { changeRef, createRef, deleteRef, getRef, listMatchingRefs } from './git/refs.ts';
import { createTree, getTree } from './git/trees.ts';
import { addAssignees, removeAssignees } from './issues/assignees.ts';
import { createIssue } from './issues/create-issue.ts';
import { getIssue } from './issues/get-issue.ts';
import { listIssues } from './issues/list-issues.ts';
import { lockIssue, unlockIssue } from './issues/lock.ts';
import { updateIssue } from './issues/update-issue.ts';
import {
  addIssueLabels,
  listIssueLabels,
  removeAllIssueLabels,
  removeIssueLabel,
  setIssueLabels,
} from './labels/issue-labels.ts';
import { createLabel, deleteLabel, getLabel, listLabels, updateLabel } from './labels/repository-labels.ts';
import { getRateLimit } from './meta/rate-limit.ts';
import { createPull } from './pulls/create-pull.ts';
import { mergePull } from './pulls/merge-pull.ts';
import { checkMerged, getPull, listPullCommits, listPullFiles, listPulls } from './pulls/read-pulls.ts';
import {
  listRequestedReviewers,
  removeRequestedReviewers,
  requestReviewers,
} from './pulls/requested-reviewers.ts';
import { updatePullBranch } from './pulls/update-branch.ts';
import { updatePull } from './pulls/update-pull.ts';
import { reactions } from './reactions/reactions.ts';
import { getRepository } from './repositories/repositories.ts';
import { transferRepository } from './repositories/transfer-repository.ts';
import { updateRepository } from './repositories/update-repository.ts';
import { createReview } from './reviews/create-review.ts';
import {
  createReviewComment,
  deleteReviewComment,
  getReviewComment,
  listPullComments,
  listRepositoryReviewComments,
  replyToReviewComment,
  updateReviewComment,
} from './reviews/review-comments.ts';
import {
  deletePendingReview,
  dismissReview,
  getReview,
  listReviewComments,
  listReviews,
  submitReview,
  updateReview,
} from './reviews/reviews.ts';
import { createStatus, getCombinedStatus, listStatuses } from './statuses/statuses.ts';
import {
  addSubIssue,
  getParent,
  listSubIssues,
  removeSubIssue,
  reprioritizeSubIssue,
} from './sub-issues/sub-issues.ts';
import { getAuthenticatedUser, getUser } from './users/users.ts';

/** Every operation of the REST API: the one table behind routing, permission checks and docs/forge.md. */
export const operations: readonly Operation[] = [
  dispatchWorkflow,
  dispatchRepository,
  listRuns,
  listRunsOfWorkflow,
  getRun,
  cancelRun,
  rerunAll,
  rerunFailed,
  listJobs,
  getJob,
  getJobLog,
  listWorkflows,
  getWorkflow,
  createInstallationToken,
  revokeInstallationToken,
  getApp,
  listDeliveries,
  getDelivery,
  redeliver,
  listInstallationRepositories,
  listInstallations,
  getInstallation,
  getRepositoryInstallation,
  suspendInstallation,
  unsuspendInstallation,
  listBranches,
  getBranch,
  getCommit,
  listRepositoryCommits,
  listPullsOfCommit,
  compare,
  getProtection,
  updateProtection,
  deleteProtection,
  getCheckRun,
  listAnnotations,
  listRunsOfRef,
  listRunsOfSuite,
  listSuitesOfRef,
  getSuite,
  rerequestRun,
  rerequestSuite,
  createCheckRun,
  updateCheckRun,
  listCollaborators,
  checkCollaborator,
  getCollaboratorPermission,
  addCollaborator,
  removeCollaborator,
  createComment,
  listIssueComments,
  listRepositoryComments,
  getComment,
  updateComment,
  deleteComment,
  putContents,
  deleteContents,
  getRootContents,
  getContents,
  listBlockedBy,
  listBlocking,
  addBlockedBy,
  removeBlockedBy,
  getBlob,
  createBlob,
  getGitCommit,
  createGitCommit,
  getRef,
  listMatchingRefs,
  createRef,
  changeRef,
  deleteRef,
  getTree,
  createTree,
  addAssignees,
  removeAssignees,
  createIssue,
  getIssue,
  listIssues,
  lockIssue,
  unlockIssue,
  updateIssue,
  listIssueLabels,
  addIssueLabels,
  setIssueLabels,
  removeAllIssueLabels,
  removeIssueLabel,
  listLabels,
  getLabel,
  createLabel,
  updateLabel,
  deleteLabel,
  getRateLimit,
  createPull,
  mergePull,
  getPull,
  listPulls,
  listPullFiles,
  listPullCommits,
  checkMerged,
  listRequestedReviewers,
  requestReviewers,
  removeRequestedReviewers,
  updatePullBranch,
  updatePull,
  getRepository,
  transferRepository,
  updateRepository,
  createReview,
  listPullComments,
  listRepositoryReviewComments,
  getReviewComment,
  createReviewComment,
  replyToReviewComment,
  updateReviewComment,
  deleteReviewComment,
  listReviews,
  getReview,
  listReviewComments,
  updateReview,
  deletePendingReview,
  submitReview,
  dismissReview,
  createStatus,
  listStatuses,
  getCombinedStatus,
  listSubIssues,
  getParent,
  addSubIssue,
  removeSubIssue,
  reprioritizeSubIssue,
  getAuthenticatedUser,
  getUser,
  ...reactions,
];
