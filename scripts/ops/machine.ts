// npm run machine -- COMMAND: makes and changes clients, programs that call your API, and their API keys.
import { createCommandSet } from './admin/command-set.ts';
import { add } from './admin/machine/add.ts';
import { disable, enable, rename } from './admin/machine/change.ts';
import { deleteMachine } from './admin/machine/delete.ts';
import { key, keys, revokeKey } from './admin/machine/keys.ts';
import { list, show } from './admin/machine/list.ts';
import { rotate } from './admin/machine/rotate.ts';
import { scopes } from './admin/machine/scopes.ts';

export const command = createCommandSet({
  script: 'machine',
  takes: '[ID]',
  commands: {
    add,
    list,
    show,
    rotate,
    scopes,
    rename,
    disable,
    enable,
    delete: deleteMachine,
    keys,
    key,
    'revoke-key': revokeKey,
  },
  editors: ['scopes'],
  options: '',
  remark: 'Secrets and keys are printed once, when they are made. The service keeps their hashes.\n',
});
