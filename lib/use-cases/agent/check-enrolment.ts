import 'server-only';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { getEnv } from '../../config/env.ts';
import { getSpelling } from '../../config/get-journey-context.ts';
import { formatUpstreamPhone } from '../../domain/phone/phone.ts';
import { getEnrolmentState } from '../../domain/upstream-responses/catalogue.ts';
import { getRaasClient } from '../../upstream/upstream-from-env.ts';
import { runCaseAction } from './run-case-action.ts';

/** Asks the upstream for the enrolment state of the case's customer, whose details have been delivered. */
export const checkEnrolment = (access: CaseAccess) =>
  runCaseAction(access, 'case.status', {}, async () => {
    const phone = formatUpstreamPhone(access.caseRecord.customer.phone, getSpelling());
    const user = await getRaasClient().findUser(phone, getEnv().RAAS_LOOKUP_MS);
    if (user.kind === 'present') return getEnrolmentState(user.status);
    return user.kind === 'absent' ? 'running' : 'failed';
  });
