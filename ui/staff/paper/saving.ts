import type {
  CheckPaperRequest,
  CheckPaperResponse,
  FileInfo,
  SavePaperRequest,
  SavePaperResponse,
  SubmitPaperResponse,
} from '../../../api/contract/index.ts';
import type { PaperWay } from '../../../domain/intake/paper.ts';
import type { Answers } from '../../../domain/procedures/definition.ts';
import { api, ApiProblem } from '../../lib/index.ts';
import { Saver, type SaveState } from '../review/saver.ts';

/** What a clerk has typed so far. */
export interface Typed {
  readonly receivedOn: string;
  readonly arrivedBy: PaperWay;
  readonly answers: Answers;
  readonly files: readonly FileInfo[];
}

export interface Told {
  readonly save: (state: SaveState) => void;
  readonly found: (found: CheckPaperResponse) => void;
  /** The entry is somebody else's by now, or was changed in another window: nothing more can be saved from here. */
  readonly stopped: (problem: ApiProblem) => void;
}

type Body = Omit<SavePaperRequest, 'revision'>;

/** Copied, for the API's types are mutable. */
function bodyOf({ receivedOn, arrivedBy, answers, files }: Typed): Body {
  return {
    receivedOn,
    arrivedBy,
    answers: structuredClone(answers) as Body['answers'],
    files: files.map(({ id, documentType }) => ({ fileId: id, documentType })),
  };
}

/** Keeps what is typed on the server a moment after each change, and has it looked at there. */
export class PaperSaving {
  readonly #path: string;
  readonly #told: Told;
  readonly #saver: Saver<Body>;
  #revision: number;
  #turn = 0;
  #ended = false;

  constructor(id: string, revision: number, told: Told) {
    this.#path = `staff/paper-applications/${id}`;
    this.#revision = revision;
    this.#told = told;
    this.#saver = new Saver<Body>((body) => this.#save(body), told.save);
  }

  touch(typed: Typed): void {
    if (!this.#ended) this.#saver.touch(bodyOf(typed));
  }

  async flush(): Promise<void> {
    if (!this.#ended) await this.#saver.flush();
  }

  /** What the server sees in it; an answer that is overtaken by a newer question is thrown away. */
  async check(typed: Typed): Promise<void> {
    await this.#check(bodyOf(typed));
  }

  /**
   * Makes an application of it. Where that fails, what was typed is kept as before.
   * @throws ApiProblem what is wrong with it
   */
  async submit(typed: Typed): Promise<SubmitPaperResponse> {
    await this.#saver.stop();
    try {
      const body: SavePaperRequest = { ...bodyOf(typed), revision: this.#revision };
      const answer = await api.post<SubmitPaperResponse>(`${this.#path}/submit`, body);
      this.#ended = true;
      return answer;
    } catch (error) {
      this.touch(typed);
      throw error;
    }
  }

  async #save(body: Body): Promise<void> {
    if (this.#ended) return;
    try {
      const request: SavePaperRequest = { ...body, revision: this.#revision };
      const { revision } = await api.put<SavePaperResponse>(this.#path, request);
      this.#revision = revision;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
      this.#ended = true;
      this.#told.stopped(error);
      throw error;
    }
    void this.#check(body).catch(() => undefined);
  }

  async #check({ receivedOn, answers, files }: Body): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const body: CheckPaperRequest = { receivedOn, answers, files };
    const found = await api.post<CheckPaperResponse>(`${this.#path}/check`, body);
    if (turn === this.#turn) this.#told.found(found);
  }
}
