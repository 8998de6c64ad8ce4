import type { Answer, Command } from '../gen/types';

export type CommandName = Command['command'];
export type CommandOf<C extends CommandName> = Extract<Command, { command: C }>;

/** Which answer each command gets. */
export const ANSWER_OF = {
  overview: 'overview',
  connect: 'connected',
  startSync: 'reading',
  acceptSnapshot: 'reading',
  import: 'import',
  beginImport: 'import',
  importPart: 'import',
  finishImport: 'import',
  dropImport: 'import',
  policies: 'policies',
  checkPolicy: 'policyCheck',
  savePolicy: 'saved',
  startRun: 'run',
  actOn: 'run',
  runs: 'runs',
  run: 'run',
  runPeople: 'people',
  chain: 'chain',
  runChanges: 'changes',
  releaseRun: 'run',
  approveRun: 'run',
  rejectRun: 'run',
  abortRun: 'run',
  undoRun: 'run',
  protected: 'protected',
  listPeople: 'peopleList',
  snapshotParts: 'snapshotParts',
  snapshotPart: 'snapshotPart',
  unexplainedChanges: 'unexplained',
  exemptions: 'exemptions',
  addExemption: 'exemptions',
  removeExemption: 'exemptions',
  findGroups: 'groups',
  setLimits: 'settings',
  setPrices: 'settings',
  setProtections: 'settings',
  setCoverageLimits: 'settings',
  setRoles: 'settings',
  setApprovalIssues: 'settings',
  setStopped: 'settings',
  setExperiments: 'settings',
  trend: 'trend',
  moves: 'moves',
  beginMove: 'moves',
  approveMove: 'moves',
  rejectMove: 'moves',
  cancelMove: 'moves',
  log: 'log',
  logSlice: 'log',
  anchors: 'anchors',
  planPart: 'planPart',
  setRetention: 'settings',
  setAnchorIssue: 'settings',
  verifyEntries: 'verification',
} as const satisfies Record<CommandName, Answer['answer']>;

export type AnswerTo<C extends CommandName> = Extract<Answer, { answer: (typeof ANSWER_OF)[C] }>;

/** Asks the app one thing; throws a `Failure`. */
export type Call = <C extends CommandName>(command: CommandOf<C>) => Promise<AnswerTo<C>>;
