/** Everything the door answers beside what Slack posts. */
import type { Hono } from 'hono';
import * as z from 'zod';
import type { DoorConfig } from '../../../core/config.ts';
import { createApp } from '../../app/app.ts';
import { openDoors } from '../../app/doors/doors.ts';
import type { DoorParts } from '../../app/slack/door-deps.ts';

// Compiling a check takes longer than checking a request with it, and a start checks each shape once.
z.config({ jitless: true });

/** The web application of the settings. */
export const openRest = (config: DoorConfig, parts: DoorParts): Hono =>
  createApp({ ...openDoors(config, parts), pages: null, log: parts.log });
