import { describe, expect, it } from 'vitest';
import { translateFieldError } from '../../packages/account/src/field-errors.ts';
import { textOf } from '../../packages/account/src/refusals.ts';
import { refusals } from '../../src/errors.ts';
import { joe, startService } from '../support/service.ts';

const { post } = startService();

describe('what the service says about a field', () => {
  it.each([
    ['a short password', { password: '1234' }, 'Nehmen Sie mindestens 8 Zeichen.'],
    ['a long password', { password: '0'.repeat(257) }, 'Nehmen Sie höchstens 256 Zeichen.'],
    ['a common password', { password: 'password' }, 'Dieses Passwort verwenden zu viele. Nehmen Sie ein anderes.'],
    [
      'a password that is the address',
      { password: joe.email },
      'Nehmen Sie weder die E-Mail-Adresse, noch einen Teil davon, noch unseren Namen.',
    ],
    [
      'a malformed password',
      { password: 'horse\0battery' },
      'Dieses Passwort enthält Zeichen, die nicht möglich sind.',
    ],
    ['a wrong address', { email: 'joe' }, 'Das ist keine E-Mail-Adresse, oder sie hat mehr als 254 Zeichen.'],
  ])('is said in German too: %s', async (_, wrong, de) => {
    const { status, body } = await post('/auth/register', { ...joe, password: 'correct horse', ...wrong });
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_request' });
    const [, message = ''] = /"message":"([^"]+)"/.exec(JSON.stringify(body['errors'])) ?? [];
    expect(translateFieldError(message)).toEqual({ en: message, de });
  });

  it('is said in German too: a breached password', () => {
    const { de } = translateFieldError('Must not be known from a data breach.');
    expect(de).toBe('Dieses Passwort ist aus einem Datenleck bekannt. Nehmen Sie ein anderes.');
  });

  it('is shown in English when the pages do not know it', () => {
    expect(translateFieldError('Must rhyme.')).toEqual({ en: 'Must rhyme.' });
  });
});

describe('what the pages say about a refusal', () => {
  const again = textOf('unreachable');

  it('is to press again, for every fault of the service or of what it needs', () => {
    const faults = Object.entries(refusals).flatMap(([code, { status }]) => (status >= 500 ? [code] : []));
    // Nobody logs in here, and a service without mail will have none in a moment either.
    for (const code of faults.filter((code) => !['login_failed', 'mail_unavailable'].includes(code)))
      expect(textOf(code), code).toBe(again);
    expect(again.en).toContain('press the button again');
  });

  it('is something else for what pressing again does not help', () => {
    for (const code of ['too_many_requests', 'registration_closed', 'mail_unavailable', 'email_taken']) {
      expect(textOf(code).en).not.toContain(code);
      expect(textOf(code)).not.toBe(again);
    }
  });

  it('has the code when the pages do not know it, for whoever is asked', () => {
    expect(textOf('constructor')).toEqual({
      en: 'This did not work. Tell the people who run this service: constructor.',
      de: 'Das hat nicht geklappt. Sagen Sie den Betreibern des Dienstes: constructor.',
    });
  });
});
