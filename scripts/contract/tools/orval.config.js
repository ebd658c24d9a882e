// The settings of Orval for `npm run contract`, which sets the environment.
import process from 'node:process';

const { DOCUMENT, CLIENT, SERVICE_URL } = process.env;

export default {
  latchkey: {
    input: { target: DOCUMENT },
    output: { target: CLIENT, client: 'fetch', mode: 'single', baseUrl: SERVICE_URL },
  },
};
