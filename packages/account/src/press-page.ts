import { boxField } from './field.ts';
import { makeForm } from './form.ts';
import type { Text } from './text.ts';
import { forgetLink, type Link } from './link.ts';
import { linkProblems } from './link-problems.ts';
import type { PressPage } from './pages.ts';
import { post } from './service.ts';
import { notify, showTitle, showView } from './view.ts';

export function showPressPage({ title, intro, button, route, done, anew, box }: PressPage, link: Link): void {
  showTitle(title);
  const end = (text: Text, kind: 'done' | 'problem', next?: Text): void => {
    showView(next);
    notify(text, kind);
  };
  if (link.kind !== 'token') return end(linkProblems[link.kind], 'problem', anew);
  const { token } = link;
  notify(undefined);
  const form = makeForm({
    fields: box === undefined ? [] : [boxField('sure', box)],
    button,
    send: () => post(route, { token }),
    whenDone: () => {
      forgetLink();
      end(done, 'done');
    },
    whenInvalid: () => end(linkProblems.invalid, 'problem', anew),
    otherField: linkProblems.broken,
  });
  showView(intro, form);
}
