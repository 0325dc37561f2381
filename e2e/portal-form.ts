import type { Page } from 'playwright-core';
import { bopOf } from '../domain/facilities/facilities.ts';
import type { Answers, AnswerValue, Field, Section, TableRow } from '../domain/procedures/definition.ts';
import { isFilled } from '../domain/procedures/condition.ts';
import { visibleFields } from '../domain/procedures/fields.ts';

const idOf = (path: string): string => `f-${path.replaceAll('.', '-')}`;

/** Fills one step of the form as a person would, question by question. */
export async function fillSection(page: Page, section: Section, answers: Answers): Promise<void> {
  for (const field of visibleFields(section, answers)) {
    const value = answers[field.code];
    if (isFilled(value) || value === false) await fillField(page, field, value);
  }
}

/** Fills one question, whatever its control. @param path where it stands in the form, for cells of tables */
export async function fillField(
  page: Page,
  field: Field,
  value: AnswerValue | undefined,
  path: string = field.code,
): Promise<void> {
  const id = idOf(path);
  const at = (suffix = '') => page.locator(`#${id}${suffix}`);
  const choose = (one: string) => page.locator(`input[name="${path}"][value="${one}"]`).check();
  // Lists are for the kinds below that have them.
  const words = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (field.kind) {
    case 'date':
    case 'month': {
      const [year = '', month = '', day = ''] = words.split('-');
      await at().fill(year);
      await at('-month').fill(month);
      if (field.kind === 'date') await at('-day').fill(day);
      return;
    }
    case 'time': {
      const [hour = '', minute = ''] = words.split(':');
      await at().fill(hour);
      await at('-minute').fill(minute);
      return;
    }
    case 'choice':
      if (await page.locator(`select#${id}`).count()) {
        await at().selectOption(words);
      } else await choose(words);
      return;
    case 'choices':
      for (const one of value as readonly string[]) await choose(one);
      return;
    case 'boolean':
      return choose(value === true ? 'yes' : 'no');
    case 'fiscalYear':
      return choose(words);
    case 'consent':
      return at().check();
    case 'grade':
      await at().selectOption(words);
      return;
    case 'bop': {
      const name = bopOf(words)?.name ?? '';
      // The list opens when the field takes the focus; then it is typed into.
      await page.locator(`input[role="combobox"]#${id}`).click();
      await at().pressSequentially(name.replace(/小新BOP$/u, ''));
      await page.getByRole('option', { name }).waitFor();
      await at().press('ArrowDown');
      await at().press('Enter');
      return;
    }
    case 'table':
      for (const [index, row] of (value as readonly TableRow[]).entries()) {
        const first = field.columns[0]?.code ?? '';
        if ((await page.locator(`#${idOf(`${path}.${index}.${first}`)}`).count()) === 0)
          await at('-add').click();
        for (const column of field.columns) {
          const cell = row[column.code];
          if (isFilled(cell)) await fillField(page, column, cell, `${path}.${index}.${column.code}`);
        }
      }
      return;
    default:
      await at().fill(words);
  }
}
