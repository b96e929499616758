#!/usr/bin/env node
// The command is TypeScript, run as it is: there is no build step.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
