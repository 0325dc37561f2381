import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ActResponse,
  FileInfo,
  MyActionResponse,
  MyApplication,
  PaperEntryView,
  SavePaperRequest,
  SessionResponse,
  StaffActionInput,
  StaffApplication,
  StampPaperRequest,
  SubmitPaperResponse,
  SubmitResponse,
} from '../../api/contract/index.ts';
import { PAPER_FORM } from '../../domain/procedures/paper.ts';
import { paper } from './papers.ts';
import type { DemoFamily } from './families.ts';

/** An answer of the API that was not a success. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(call: string, status: number, body: unknown) {
    super(`${call}: ${status} ${JSON.stringify(body)}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

/** One signed-in person at the API, over HTTP as a browser would be: for demo data, benches and journeys. */
export class ApiClient {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  #csrf = '1';
  /** How often it waits where the API asks for it. */
  #patience = 5;

  /** @param base e.g. `http://localhost:3000` */
  constructor(base: string) {
    this.#base = base.replace(/\/$/, '');
  }

  async signIn(login: string, password: string): Promise<SessionResponse> {
    const session = await this.call<SessionResponse>('POST', '/api/session', { login, password });
    this.#csrf = session.csrfToken ?? '1';
    return session;
  }

  /** Goes on with a session that was begun elsewhere (`openSession`). */
  useSession({ id, csrfToken }: { id: string; csrfToken: string }): void {
    // As the API names its cookies (api/plugins/session.ts).
    this.#cookies.set(this.#base.startsWith('https:') ? '__Host-session' : 'session', id);
    this.#csrf = csrfToken;
  }

  /**
   * One call; JSON in, JSON out.
   * @throws ApiError for every answer that is not 2xx
   */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const form = body instanceof FormData;
    const response = await fetch(this.#base + path, {
      method,
      headers: {
        'x-csrf-token': this.#csrf,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (response.status === 429 && this.#patience > 0) {
      this.#patience -= 1;
      await response.body?.cancel();
      await delay((Number(response.headers.get('retry-after')) || 5) * 1000);
      return this.call(method, path, body);
    }
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new ApiError(`${method} ${path}`, response.status, answer);
    return answer as T;
  }

  async upload(
    documentType: string,
    place: { draftId: string } | { applicationId: string } | { paperId: string },
  ): Promise<FileInfo> {
    const form = new FormData();
    form.set('documentType', documentType);
    for (const [name, id] of Object.entries(place)) form.set(name, id);
    form.set(
      'file',
      new Blob([await paper(documentType)], { type: 'application/pdf' }),
      `${documentType}.pdf`,
    );
    return this.call('POST', '/api/files', form);
  }

  /** Files an admission as the portal does: draft, documents, submission. */
  fileAdmission(
    { answers }: Pick<DemoFamily, 'answers'>,
    documents: readonly string[],
    submissionId: string = randomUUID(),
  ): Promise<SubmitResponse> {
    return this.file({ procedure: 'admission', answers, documents, submissionId });
  }

  /** Files any procedure so. @throws Error for answers that are not valid; ApiError where it cannot be filed now */
  async file(filing: {
    procedure: string;
    answers: DemoFamily['answers'];
    documents: readonly string[];
    submissionId: string;
  }): Promise<SubmitResponse> {
    const { procedure, answers, documents, submissionId } = filing;
    const draftId = submissionId;
    await this.call('PUT', `/api/drafts/${draftId}`, { procedure, answers, step: 'check' });
    const files = [];
    for (const documentType of documents) {
      const { id } = await this.upload(documentType, { draftId });
      files.push({ documentType, fileId: id });
    }
    const { problems = [], hints = [] } = await this.call<{
      problems?: unknown[];
      hints?: { code: string }[];
    }>('POST', `/api/drafts/${draftId}/check`, { procedure, answers, files });
    if (problems.length > 0) throw new Error(`made-up answers are not valid: ${JSON.stringify(problems)}`);
    const codes = hints.map((hint) => hint.code);
    return this.submit({ procedure, submissionId, answers, files, hints: codes, draftId });
  }

  /** The submission alone; of an admission, unless said otherwise. */
  submit(filing: {
    procedure?: string;
    submissionId: string;
    answers: DemoFamily['answers'];
    files: readonly { documentType: string; fileId: string }[];
    hints?: readonly string[];
    draftId?: string;
  }): Promise<SubmitResponse> {
    const { hints = [], procedure = 'admission', ...rest } = filing;
    return this.call('POST', '/api/applications', { ...rest, procedure, acknowledgedHints: hints });
  }

  /**
   * Receives a paper application and types it, as a clerk does: stamp, scan, entry, receipt (Q12, Q14). Again with the same id it
   * is the same one.
   */
  async enterPaper(
    id: string,
    { answers, receivedOn }: Pick<DemoFamily, 'answers'> & { receivedOn: string },
  ): Promise<{ applicationId: string }> {
    const base = '/api/staff/paper-applications';
    const arrivedBy = 'post';
    const stamp: StampPaperRequest = { id, procedure: 'admission', receivedOn, arrivedBy };
    const { revision, applicationId } = await this.call<PaperEntryView>('POST', base, stamp);
    if (applicationId !== null) return { applicationId };
    const { id: fileId } = await this.upload(PAPER_FORM.type, { paperId: id });
    const entry: SavePaperRequest = {
      revision,
      receivedOn,
      arrivedBy,
      answers: structuredClone(answers) as SavePaperRequest['answers'],
      files: [{ documentType: PAPER_FORM.type, fileId }],
    };
    return this.call<SubmitPaperResponse>('POST', `${base}/${id}/submit`, entry);
  }

  mine(applicationId: string): Promise<MyApplication> {
    return this.call('GET', `/api/my/applications/${applicationId}`);
  }

  answer(applicationId: string, body: Record<string, unknown>): Promise<MyActionResponse> {
    return this.call('POST', `/api/my/applications/${applicationId}/answers`, {
      answerId: randomUUID(),
      ...body,
    });
  }

  cancel(applicationId: string): Promise<MyActionResponse> {
    return this.call('POST', `/api/my/applications/${applicationId}/cancel`, { actionId: randomUUID() });
  }

  open(applicationId: string): Promise<StaffApplication> {
    return this.call('GET', `/api/staff/applications/${applicationId}`);
  }

  act(
    applicationId: string,
    action: StaffActionInput,
    actionId: string = randomUUID(),
  ): Promise<ActResponse> {
    return this.call('POST', `/api/staff/applications/${applicationId}/actions`, { actionId, action });
  }
}
