import type { Request } from '../runtime/invocation.ts';

const installContext = 'ari:cloud:jira::site/00000000-0000-0000-0000-00000000000a';

/** The five-minute trigger, as the dispatcher delivers it. */
export function tickRequest(): Request {
  return {
    functionKey: 'tick',
    handler: 'index.tick',
    moduleType: 'scheduledTrigger',
    moduleKey: 'tick-schedule',
    timeoutSeconds: 55,
    payload: { context: { cloudId: '00000000-0000-0000-0000-00000000000a', moduleKey: 'tick-schedule' } },
    context: { installContext },
  };
}

/** An event of Jira about a user, as the platform delivers it. */
export function userEventRequest(what: string, user: { accountId: string; accountType: string }): Request {
  return {
    functionKey: 'hint',
    handler: 'index.hint',
    moduleType: 'trigger',
    moduleKey: 'user-hints',
    timeoutSeconds: 25,
    payload: { eventType: `avi:jira:${what}:user`, selfGenerated: false, user },
    context: { installContext },
  };
}

/** The post function of an issue's transition, as the platform delivers it. */
export function transitionRequest(functionKey: 'approval' | 'rejection', issue: string, by: string): Request {
  return {
    functionKey,
    handler: `index.${functionKey}`,
    moduleType: 'jira:workflowPostFunction',
    moduleKey: functionKey === 'approval' ? 'approve-plan' : 'reject-plan',
    timeoutSeconds: 25,
    payload: { issue: { id: issue, key: 'APPROVE-1' }, atlassianId: by },
    context: { installContext },
  };
}

/** A command of the page, from a person. */
export function commandRequest(
  command: object,
  accountId: string | undefined,
  page: 'admin' | 'global' = 'admin',
): Request {
  return {
    functionKey: page,
    handler: `index.${page}`,
    moduleType: `jira:${page}Page`,
    moduleKey: `seatkeeper-${page}`,
    timeoutSeconds: 25,
    payload: { call: { functionKey: 'admin', payload: command }, context: { moduleKey: 'seatkeeper-admin' } },
    context: accountId === undefined ? { installContext } : { installContext, principal: { accountId } },
  };
}

/** One delivery of a queue. */
export function jobRequest(queue: 'work' | 'answer', job: string): Request {
  return {
    functionKey: queue,
    handler: `index.${queue}`,
    moduleType: 'consumer',
    moduleKey: `${queue}-consumer`,
    timeoutSeconds: queue === 'work' ? 900 : 55,
    payload: { body: { job }, queueName: queue, jobId: 'job', eventId: 'event' },
    context: { installContext },
  };
}
