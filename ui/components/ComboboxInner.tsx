import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { useI18n } from '../i18n/index.tsx';
import { cx } from '../lib/cx.ts';
import { toHalfWidth, toKatakana } from '../lib/kana.ts';
import { DialogPortal } from './DialogPortal.tsx';
import { describe, FieldFrame } from './Field.tsx';
import type { ComboboxOption, ComboboxProps } from './combobox-props.ts';
import { Icon } from './icons.tsx';
import { componentMessages as m } from './messages.ts';
import { frameOf } from './TextField.tsx';

/** The combobox itself; Combobox.tsx loads it. */
export function ComboboxInner(props: ComboboxProps) {
  const { id, hint, error, name, value, onChange, onBlur, options } = props;
  const { t, locale } = useI18n();
  const ref = useRef<HTMLInputElement>(null);
  const onOpenChange = useOpenWhileScrolling(ref);
  // The filter is only told the label: what else an option is found by is looked up.
  const words = useMemo(
    () =>
      new Map(
        options.map((option) => [
          option.label,
          searchable(`${option.label} ${option.detail ?? ''} ${option.keywords ?? ''}`),
        ]),
      ),
    [options],
  );
  const labelId = `${id}-label`;
  return (
    <FieldFrame {...frameOf(props)} label={<span id={labelId}>{props.label}</span>}>
      <I18nProvider locale={locale}>
        <ComboBox
          {...(name === undefined ? {} : { name })}
          aria-labelledby={labelId}
          defaultItems={options}
          defaultFilter={(label, typed) => words.get(label)?.includes(searchable(typed)) ?? false}
          value={value === '' || value === undefined ? null : value}
          menuTrigger="focus"
          allowsEmptyCollection
          isDisabled={props.disabled ?? false}
          isInvalid={Boolean(error)}
          isRequired={props.required ?? false}
          validationBehavior="aria"
          onChange={(key) => onChange(key === null ? '' : String(key))}
          onBlur={() => onBlur?.()}
          onOpenChange={onOpenChange}
        >
          <div className="relative">
            <Input
              ref={ref}
              id={id}
              className="control pr-12"
              aria-describedby={describe(id, { hint, error })}
            />
            <Button className="absolute top-1/2 right-0.5 flex size-11 -translate-y-1/2 items-center justify-center rounded-6 hover:bg-solid-gray-50">
              <Icon name="chevronDown" />
            </Button>
          </div>
          <DialogPortal anchor={ref}>
            <Popover className="w-(--trigger-width) overflow-auto rounded-8 border border-solid-gray-420 bg-white shadow-2">
              <ListBox<ComboboxOption>
                className="max-h-80 overflow-auto p-1"
                renderEmptyState={() => <p className="px-4 py-3">{t(m.noMatches)}</p>}
              >
                {(option) => (
                  <ListBoxItem
                    id={option.value}
                    textValue={option.label}
                    className={({ isFocused, isSelected }) =>
                      cx(
                        'flex min-h-11 cursor-pointer flex-col justify-center rounded-4 px-4 py-1.5',
                        isFocused && 'bg-blue-100 outline-2 -outline-offset-2 outline-black',
                        isSelected && 'font-bold',
                      )
                    }
                  >
                    {option.label}
                    {option.detail !== undefined && (
                      <span className="text-dns-14N-130 font-normal text-solid-gray-700">
                        {option.detail}
                      </span>
                    )}
                  </ListBoxItem>
                )}
              </ListBox>
            </Popover>
          </DialogPortal>
        </ComboBox>
      </I18nProvider>
    </FieldFrame>
  );
}

/**
 * The library closes the list as soon as the page moves. On a phone it moves by itself when the keyboard comes up, and a finger
 * that scrolls the list moves it too: the list would be gone before anything could be pressed. While it is open, it is not told;
 * it stands in the page and moves with it.
 */
function useOpenWhileScrolling(ref: RefObject<HTMLElement | null>): (isOpen: boolean) => void {
  const open = useRef(false);
  useEffect(() => {
    const keep = (event: Event) => {
      const { target } = event;
      const around = target instanceof Node && ref.current !== null && target.contains(ref.current);
      if (open.current && around && target !== ref.current) event.stopImmediatePropagation();
    };
    // Before the library's own, which is added when the list opens.
    window.addEventListener('scroll', keep, true);
    return () => window.removeEventListener('scroll', keep, true);
  }, [ref]);
  return useCallback((isOpen: boolean) => {
    open.current = isOpen;
  }, []);
}

/** For comparing: half-width, small letters, katakana, no spaces. */
function searchable(text: string): string {
  return toKatakana(toHalfWidth(text)).toLowerCase().replace(/\s/gu, '');
}
