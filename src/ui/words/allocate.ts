/** Allocating audits. */
export const allocate = {
  title: 'Allocate an audit',
  lead: 'After each one this page stays ready for the next, with the tool, service and team kept.',
  auditor: 'Auditor',
  auditorHint: 'Only people with the auditor role are listed.',
  due: 'Due date',
  dueHint: (example: string) => `For example ${example}`,
  submit: 'Allocate audit',
  chooseAuditor: 'Choose an auditor. Nobody else can see the audit until one is chosen.',
  dueImpossible: 'The due date must be a real date',
  duePartial: 'The due date must have a day, a month and a year of four digits',
  dueMissing: 'Enter the due date',
  duePast: 'The due date must be today or later',
  allocated: (reference: string, auditor: string) => `${reference} allocated to ${auditor}`,
  already: (reference: string, tool: string) =>
    `${reference} already has an open audit with ${tool}. Check the reference; to allocate a second audit of this case, choose the button again.`,
  recent: 'Recent allocations',
  noRecent: 'Nothing has been allocated yet.',
  needsSetUp: 'Before you can allocate an audit you need a service, a team in it and a person with the auditor role.',
  notForYou: 'Only a QA lead can allocate audits. Ask yours if you need an audit.',
} as const;
