import 'server-only';
import { cache } from 'react';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { findJourney } from '@/lib/use-cases/customer/find-journey';

/** Returns the journey of the customer behind this request. Loaded once while a page is rendered. */
export const getCurrentJourney = cache(async () => findJourney(await readCustomerDevice()));
