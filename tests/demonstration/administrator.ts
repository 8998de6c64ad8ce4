import type { Answer, Command, Reply } from '../../forge-app/gen/types.ts';
import type { ControlledCloud } from './cloud.ts';

type AnswerOf<K extends Answer['answer']> = Extract<Answer, { answer: K }>;

/** A person at the administration page. Every command takes the page's way through resolver, bundle and core. */
export class Administrator {
  readonly accountId: string;
  private readonly cloud: ControlledCloud;

  constructor(cloud: ControlledCloud, accountId: string) {
    this.cloud = cloud;
    this.accountId = accountId;
  }

  /** Sends a command and gives its answer, which must be of the kind named. */
  async command<K extends Answer['answer']>(kind: K, command: Command): Promise<AnswerOf<K>> {
    const reply = await this.cloud.invoke<Reply>('seatkeeper-admin', this.accountId, command);
    if ('error' in reply) {
      const { message, hint, errors } = reply.error;
      const details = errors.map(({ path, message: why }) => `\n  ${path}: ${why}`).join('');
      throw new Error(`${command.command} was refused: ${message}${hint ? ` (${hint})` : ''}${details}`);
    }
    if (reply.answer.answer !== kind) throw new Error(`${command.command} was answered with ${reply.answer.answer}`);
    return reply.answer as AnswerOf<K>;
  }
}
