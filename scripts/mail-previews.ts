import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mailContent } from '../domain/mails/content.ts';
import { exampleFacts } from '../domain/mails/preview.ts';
import { renderMail } from '../domain/mails/render.ts';
import { MAIL_TEMPLATES } from '../domain/application/effects.ts';
import { PROCEDURES } from '../domain/procedures/registry.ts';
import { LOCALES } from '../domain/texts/locale.ts';

/** Every mail in every language as HTML and text, to look at. */
const folder = path.resolve('.cache/mails');
await mkdir(folder, { recursive: true });
const footer = '世田谷区 新BOP学童クラブ 手続き窓口（見本）\n電話 03-0000-0000（平日 9時から17時まで）';
for (const definition of PROCEDURES) {
  for (const template of MAIL_TEMPLATES) {
    for (const locale of LOCALES) {
      const content = mailContent(template, exampleFacts(template, definition), locale);
      const { html, text } = renderMail(content, footer, locale === 'en' ? 'en' : 'ja');
      const name = `${definition.code}-${template}-${locale}`;
      await writeFile(path.join(folder, `${name}.html`), html);
      await writeFile(path.join(folder, `${name}.txt`), text);
    }
  }
}
console.log(`メールの見本 (mail previews): ${folder}`);
