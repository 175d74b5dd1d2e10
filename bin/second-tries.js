// A reporter of Vitest: which tests passed only at their second try. They pass, and are told by name, so that nobody overlooks them.
import { appendFileSync } from 'node:fs';

export default class SecondTries {
  onTestCaseResult(test) {
    const { flaky, retryCount } = test.diagnostic() ?? {};
    if (flaky && retryCount) appendFileSync(process.env.ABWAB_SECOND_TRIES, `  ~ ${test.module.relativeModuleId} ${test.fullName}: passed at its second try\n${test.result().errors?.map((it) => `      ${it.message}\n`).join('') ?? ''}`);
  }
}
