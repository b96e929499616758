/** Everything the door answers beside what Slack posts. */
import type { Hono } from 'hono';
import type { DoorConfig } from '../../../core/config.ts';
import { createApp } from '../../app/app.ts';
import { openDoors } from '../../app/doors.ts';
import type { DoorParts } from '../../app/slack-door-deps.ts';

/** The web application of the settings. */
export const openRest = (config: DoorConfig, parts: DoorParts): Hono =>
  createApp({ ...openDoors(config, parts), pages: null, log: parts.log });
