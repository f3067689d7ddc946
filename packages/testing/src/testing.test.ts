import { expect, test } from 'vitest';
import { startFrontDoor } from './index.ts';

test('a front door without a folder is not started, and the message names the variable', async () => {
  await expect(startFrontDoor({ folder: '' })).rejects.toThrow('FRONT_DOOR_FOLDER');
});
