/** `.github/ISSUE_TEMPLATE/gas-town.yml`: a form for an order. It sets no label: to label is to order, and takes write permission. */
export const issueForm = `# Written by \`gastown init\`.
name: Order for Gas Town
description: Describe a task. A maintainer labels it "convoy" to have it done.
body:
  - type: textarea
    id: task
    attributes:
      label: What should be true afterwards?
      description: The title and this text are what the Mayor plans from, as they stand when the label is set.
    validations:
      required: true
  - type: textarea
    id: acceptance
    attributes:
      label: How can one see that it is done?
      placeholder: A command that passes, a test that is there, a page that shows something.
  - type: textarea
    id: limits
    attributes:
      label: What must stay as it is?
`;
