/** The tables as Kysely sees them; the migrations are the truth. */
import type { Generated } from 'kysely';
import type { LocalDate } from '../clock.ts';
import type { AttentionClass } from '../delivery/streams.ts';
import type { Language } from '../language.ts';
import type { Platform } from '../ports.ts';
import type { Depth } from '../results/release.ts';
import type { KeyState, WaveStatus } from '../survey/schedule/wave.ts';

/** Every state a nudge can be in; each end state carries a reason. */
const nudgeStates = [
  'planned',
  'sending',
  'sent',
  'retry',
  'unreachable',
  'skipped',
  'expired',
  'unknown',
  'unconfirmed',
  'settled',
] as const;
export type NudgeState = (typeof nudgeStates)[number];

export type Tables = {
  settings: { name: string; value: unknown };
  calendars: { year: number; body: unknown; set_at: Date };
  lesson_dates: { slot: LocalDate; item: string; begins: Date };
  units: {
    id: Generated<number>;
    code: string;
    parent_id: number | null;
    name: string;
    level_label: string;
    valid_from: LocalDate;
    valid_to: LocalDate | null;
  };
  people: {
    id: Generated<number>;
    employee_key: string;
    name: string;
    email: string | null;
    unit_id: number;
    roles: string[];
    time_zone: string;
    roster_zone: string | null;
    work_pattern: string;
    grade_band: string;
    status: 'active' | 'left';
    leave_from: LocalDate | null;
    leave_to: LocalDate | null;
  };
  unit_history: { person_id: number; unit_id: number; from_date: LocalDate };
  preferences: {
    person_id: number;
    language: Generated<Language>;
    send_minute: number | null;
    quiet_from: number | null;
    quiet_to: number | null;
    per_week: Generated<number>;
    paused_until: LocalDate | null;
    stopped_at: Date | null;
    welcomed_at: Date | null;
    pace_offer: 'due' | 'made' | null;
  };
  lanes: {
    id: Generated<number>;
    platform: Platform;
    workspace_id: string;
    rate: number;
    burst: number;
    next_arrival: Date | null;
    slow_from: Date | null;
    slow_until: Date | null;
    slow_share: number | null;
    holder: string | null;
    fence: Generated<number>;
    leased_until: Date | null;
    paused_reason: string | null;
    client_msg_id: 'deduplicates' | 'ignored' | 'refused' | null;
    history: boolean | null;
    found_at: Date | null;
    next_look_up: Date | null;
  };
  identities: {
    platform: Platform;
    workspace_id: string;
    user_id: string;
    person_id: number;
    lane_id: number;
    conversation: string | null;
    service_url: string | null;
    preferred: Generated<boolean>;
    unreachable_reason: string | null;
    zone: string | null;
  };
  outbox: {
    person_id: number;
    stream: string;
    slot: LocalDate;
    item: string;
    lane_id: number | null;
    priority: number;
    due: Date;
    /** Null once it was sent. */
    expires: Date | null;
    state: NudgeState;
    reason: string | null;
    moved_reason: string | null;
    /** The local day whose attention it holds, where that is not the slot. */
    held_day: LocalDate | null;
    attempt: Generated<number>;
    key: string | null;
    fence: number | null;
    asked_at: Date | null;
    conversation: string | null;
    ref: string | null;
    /** Null while the row stands as it was planned. */
    changed_at: Date | null;
  };
  cancellations: {
    stream: string;
    slot: LocalDate;
    item: string;
    person_id: number;
    reason: string;
    at: Date;
  };
  recalls: { item: string; reason: string; at: Date };
  attention: {
    person_id: number;
    local_day: LocalDate;
    class: AttentionClass;
    tip: Generated<number | null>;
  };
  seen: { person_id: number; item: string; version: string; at: Date };
  progress: {
    person_id: number;
    item: string;
    state: 'answered' | 'committed';
    correct: boolean | null;
    at: Date;
  };
  seen_events: { key: string; at: Date };
  job_runs: { name: string; ran_at: Date };
  waves: {
    id: string;
    survey: string;
    items: string[];
    opens_at: Date;
    closes_at: Date;
    status: WaveStatus;
    public_key: unknown;
    invited: number;
    depth: Generated<Depth>;
    groups: Generated<unknown>;
    notice_version: string | null;
    notice_hash: string | null;
    keys: Generated<KeyState>;
  };
  wave_plans: {
    id: string;
    opens: LocalDate;
    working_days: number;
    rotating: string[];
    depth: Depth | null;
    state: 'planned' | 'cancelled';
    changed_at: Date;
  };
  wave_members: { wave_id: string; person_id: number; groups: number[] };
  ballots: { wave_id: string; ballot_key: string; platform_time: Date; sealed: string };
  participation: { wave_id: string; unit_id: number; local_day: LocalDate; band: string };
  releases: { wave_id: string; body: unknown; basis: unknown; published_at: Date };
  learning_releases: { week: LocalDate; body: unknown; published_at: Date };
  commitments: { person_id: number; prompt: string; made_at: Date; done_at: Date | null };
  installations: {
    enterprise_id: string;
    team_id: string;
    sealed: string;
    renew_at: Date | null;
    published: Generated<boolean>;
    installed_at: Date;
  };
  installed_workspaces: { workspace_id: string; enterprise_id: string; team_id: string };
  directory_reads: {
    lane_id: number;
    cursor: string | null;
    next_at: Date;
    ended_at: Date | null;
    emails: boolean | null;
    refused: string | null;
    members: Generated<number>;
    matched: Generated<number>;
    guests: Generated<number>;
    gone: Generated<number>;
  };
  audit_log: { id: Generated<number>; at: Date; actor: string; act: string; detail: unknown };
  local_messages: {
    platform: Platform;
    ref: string;
    user_id: string;
    payload: unknown;
    sent_at: Date;
    changed_at: Date | null;
  };
};
