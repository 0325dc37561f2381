import { randomBytes, randomUUID } from 'node:crypto';
import type { Answers } from '../domain/procedures/definition.ts';
import { missingDocuments } from '../domain/procedures/documents.ts';
import { procedureOf } from '../domain/procedures/registry.ts';
import type { TestBrowser } from './api.ts';

/** A picture, by its first bytes. */
export function png(bytes = 100): Buffer {
  const head = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  return Buffer.concat([Buffer.from(head), randomBytes(bytes)]);
}

/** Uploads a file as a browser's form does. */
export async function upload(
  browser: TestBrowser,
  fields: Record<string, string>,
  bytes: Buffer = png(),
  name = '証明書.png',
) {
  const boundary = `----test${randomUUID()}`;
  const part = (head: string) => Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n`);
  const payload = Buffer.concat([
    ...Object.entries(fields).map(([field, value]) =>
      Buffer.concat([part(`name="${field}"`), Buffer.from(`\r\n${value}\r\n`)]),
    ),
    part(`name="file"; filename="${name}"`),
    Buffer.from('content-type: application/octet-stream\r\n\r\n'),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return browser.request('POST', '/api/files', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}

export interface TestFiling {
  submissionId: string;
  procedure: string;
  answers: Answers;
  files: { documentType: string; fileId: string }[];
  acknowledgedHints: string[];
  draftId: string;
}

/**
 * A filing that can be sent: uploads what has to be there (and `documents`), and agrees to what is said.
 * @throws Error where the made-up answers are wrong
 */
export async function filingOf(
  browser: TestBrowser,
  procedure: string,
  answers: Answers,
  documents: readonly string[] = [],
): Promise<TestFiling> {
  const definition = procedureOf(procedure);
  if (!definition) throw new Error(`no procedure ${procedure}`);
  const draftId = randomUUID();
  const files: TestFiling['files'] = [];
  const needed = missingDocuments(definition, answers, []).filter((one) => !one.mayFollow);
  for (const documentType of new Set([...needed.map((one) => one.type), ...documents])) {
    const response = await upload(browser, { draftId, documentType });
    files.push({ documentType, fileId: response.json<{ id: string }>().id });
  }
  const check = await browser.post(`/api/drafts/${draftId}/check`, { procedure, answers, files });
  const { problems, hints } = check.json<{ problems: unknown[]; hints: { code: string }[] }>();
  if (problems.length > 0) throw new Error(`made-up answers are not valid: ${JSON.stringify(problems)}`);
  const acknowledgedHints = hints.map((hint) => hint.code);
  return { submissionId: randomUUID(), procedure, answers, files, acknowledgedHints, draftId };
}
