import { betterAuth } from './better-auth.ts';
import { django } from './django.ts';
import { firebase } from './firebase.ts';
import { flask } from './flask.ts';
import { latchkey } from './latchkey.ts';
import { supabase } from './supabase.ts';
import type { Source } from './source.ts';

/** The sources by the names that `--from` takes. */
export const sources: Readonly<Record<string, Source>> = {
  latchkey,
  flask,
  django,
  supabase,
  firebase,
  'better-auth': betterAuth,
};
