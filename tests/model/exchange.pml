/* SPDX-License-Identifier: BSL-1.0 */

/*
 * How slots change hands, as include/steward/pool has it: claims without a lock, releases that are a plain store and a
 * look, a queue under a mutex, and a fence that only those pay who wait or close.
 *
 *     client     one thread's acquisitions and releases, one after another:
 *                slot_pool::claim, slot_wait (run, sleep, withdraw, give_up), slot_handover::give_back, return_quietly
 *                and pass_on
 *     stopper    the stop callback of slot_wait::sleep_until_stopped, which ends the last client's wait
 *     closer     slot_exchange::close, slot_housekeeping::sweep, slot_pool::shut_down with slot_gate::in_use
 *     hardware   the store buffers
 *
 * A step is what one access to a shared word does; what only those see who hold the mutex joins the step before or
 * after. Time is left out: whatever depends on it (hot or not, newcomers may still overtake or not, an alarm, a
 * deadline) may go either way at any moment. So is creating, which the mutex guards.
 *
 * Checked: a slot has one holder; who is granted a slot has it; a grant and another end of a wait never both win;
 * nobody sleeps for ever (an end state in which somebody does is invalid); in the end each slot is idle, or out if the
 * pool was closed, nobody waits and nothing is raised; nobody touches the pool once shut_down has returned.
 *
 * Options: SLOTS, CLIENTS, ROUNDS acquisitions of each client, the first PATIENT of which have no deadline;
 * CLOSER or STOPPER; SYMMETRIC fences; FOR_EVER: all clients but the first go on for ever, none has a deadline, and
 * the claim `served` is checked. It needs no store buffers. (Deadlines are left out because who does nothing but come
 * and give up could keep the mutex from another for ever: like std::mutex this one is not fair.) IMPATIENT: nobody is,
 * so that more clients can be looked at.
 *
 * These break it, and spin must find out: NO_HEAVY_FENCE, NO_LOOK_AGAIN (after announcing), NO_LOOK_AFTER_RELEASE,
 * NO_WAKE, NO_SHARE (of what was left idle when its guard leaves), BLIND_CANCEL (without asking whether somebody
 * granted), NO_NOTE (of a departure), ALWAYS_OVERTAKE (for ever, not for a time); and of quiet returns: STAYS_PATIENT
 * (while he looks), NO_PATIENCE_FENCE (before he looks), BLIND_PATIENCE (of an heir who will not look).
 */

#ifndef SLOTS
#define SLOTS 1
#endif
#ifndef CLIENTS
#define CLIENTS 3
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef PATIENT
#define PATIENT 1
#endif
#ifdef FOR_EVER
#define SEQUENTIAL
#define HAS_DEADLINE(t) false
#define HAS_ALARM(t) (t == 0) /* it is enough that one looks by himself */
#else
#define HAS_DEADLINE(t) (t >= PATIENT)
#define HAS_ALARM(t) true
#endif

#if defined(CLOSER) || defined(STOPPER)
#define THREADS (CLIENTS + 1)
#else
#define THREADS CLIENTS
#endif
#ifdef CLOSER
#define DEPTH 3
#define WORDS (SLOTS + 1 + CLIENTS)
#else
#define DEPTH 2
#define WORDS (SLOTS + 1)
#endif
#define NOBODY 255

/* Words of memory: the slots' cells, attention_, and each client's note in detail::departures. */
#define ATTENTION SLOTS
#define NOTE(t) (SLOTS + 1 + t)
/* Bits of attention_ */
#define WAITERS 1
#define LEAVERS 2
#define PATIENT_BIT 4 /* the oldest will look by himself */
#define IS_PATIENT(a) (a == (WAITERS | PATIENT_BIT))
#define touched(a) assert(!destroyed || a > ATTENTION) /* notes outlive the pool */

/* A cell is (slot_state) */
#define IDLE 0
#define LENT 1
#define SERVICE 2
#define OUT 3

/* A waiter's word is (wait_word) */
#define WAITING 0
#define ALERTED 1
#define NUDGED 2
#define GRANTED 3
#define CANCELLED 4
#define CLOSED 5
#define SETTLED(t) (word[t] > NUDGED)

bool destroyed;

#include "store_buffers.pml"

/* The waiters, and what the mutex guards. */
byte word[CLIENTS] = CANCELLED;
byte granted[CLIENTS];
bool guards[CLIENTS];
bool asleep[CLIENTS]; /* in a futex_wait */
byte queue[CLIENTS], waiting;
bool closed, left_idle;
#define OLDEST queue[0]

/* Only for the checks. */
byte holder[SLOTS] = NOBODY;
byte passed; /* how often the oldest waiter was passed over */
byte callers = CLIENTS; /* who may still acquire */
byte finished;
byte q_; /* zero between steps */
byte bits_; /* the same */

#if defined(FOR_EVER) && !defined(ALWAYS_OVERTAKE)
#define MAY_PASS (passed == 0) /* time goes on */
#define MAY_BE_QUIET(s) asked[s] /* slot_head::quiet_returns, of which one is enough */
bool asked[SLOTS]; /* the queue, since the slot was given back quietly */
#else
#define MAY_PASS true
#define MAY_BE_QUIET(s) true
#endif

/* wait_queue::push and remove, inside of a step */
inline push(t)
{
    queue[waiting] = t;
    waiting++
}

inline remove(t)
{
    do
    :: queue[q_] == t -> break
    :: else -> q_++
    od;
    if
    :: q_ == 0 -> passed = 0
    :: else
    fi;
    waiting--;
    do
    :: q_ < waiting -> queue[q_] = queue[q_ + 1]; q_++
    :: else -> break
    od;
    queue[waiting] = 0;
    q_ = 0
}

#ifdef BLIND_PATIENCE
#define LOOKS_SOON true
#else
#define LOOKS_SOON guards[OLDEST]
#endif

/* slot_gate::raise_attention up to the fence, which is due if `raised`; with the mutex held, inside of a step */
inline raise_attention(t, raised)
{
    read(t, ATTENTION, raised);
    bits_ = (waiting != 0 -> WAITERS : 0) + (closed -> LEAVERS : 0);
    if
    :: (raised & PATIENT_BIT) && waiting != 0 && LOOKS_SOON ->
        bits_ = bits_ + PATIENT_BIT;
        raised = bits_ & ~raised
    :: (raised & PATIENT_BIT) && waiting != 0 && !LOOKS_SOON ->
        left_idle = true;
        raised = PATIENT_BIT
    :: else -> raised = bits_ & ~raised
    fi;
    put(t, ATTENTION, bits_);
    bits_ = 0
}

/* cell.claim by thread t, which then has the slot; inside of a step */
inline claim(t, s, to, done)
{
    exchange_if(t, s, IDLE, to, done);
    if
    :: done -> assert(holder[s] == NOBODY); holder[s] = t
    :: else
    fi
}

/* cell.publish(state::idle) or out; inside of a step */
inline publish(t, s, to)
{
    assert(holder[s] == t);
    holder[s] = NOBODY;
    put(t, s, to)
}

/* slot_table::scan_idle: `found` is NOBODY if there is none. A claim by the hint finds nothing that this does not. */
inline scan(t, found, done)
{
    found = 0;
    do
    :: atomic {
        d_step { claim(t, found, LENT, done) }
        if
        :: done -> done = false; break
        :: !done && found + 1 < SLOTS -> found++
        :: else -> found = NOBODY; break
        fi
    }
    od
}

/* slot_handover::settle_with and dismiss: thread t has the slot; with the mutex held, inside of a step */
inline grant(t, w, s, wake, raised)
{
    wake = w;
    remove(wake);
    raise_attention(t, raised);
    assert((raised & ~PATIENT_BIT) == 0 && holder[s] == t && !SETTLED(wake));
    holder[s] = wake;
    granted[wake] = s;
    flush(t); /* a compare-exchange: who sees the grant sees what was stored before */
    word[wake] = GRANTED
}

/* pending_wake::fire */
inline fire(wake)
{
    d_step {
        if
#ifndef NO_WAKE
        :: wake != NOBODY -> asleep[wake] = false
#endif
        :: else
        fi;
        wake = NOBODY
    }
}

/* slot_handover::share_left_idle, with the mutex held; `woken` is a scratch variable */
inline share_left_idle(t, s, done, raised, woken)
{
    do
#ifndef NO_SHARE
    :: left_idle && !closed && waiting != 0 ->
        scan(t, s, done);
        left_idle = (s != NOBODY);
        if
        :: left_idle ->
            d_step { grant(t, OLDEST, s, woken, raised) }
            heavy_fence(t, raised);
            fire(woken)
        :: else
        fi
#endif
    :: else -> break
    od;
    s = NOBODY
}

/* slot_exchange::leave_queue, with the mutex held and the word not final */
inline leave_queue(t, w, s, done, raised, woken)
{
    d_step {
        word[w] = CANCELLED;
        remove(w);
        raise_attention(t, raised);
        assert((raised & ~PATIENT_BIT) == 0)
    }
    heavy_fence(t, raised);
    share_left_idle(t, s, done, raised, woken)
}

/* wait_queue::tell, inside of a step */
inline tell(w, what, wake)
{
    guards[w] = true;
    if
    :: word[w] == WAITING || word[w] == ALERTED -> word[w] = what; wake = w
    :: else
    fi
}

/* departures::note: only a closer looks at it */
inline note(t, value)
{
#if defined(CLOSER) && !defined(NO_NOTE)
    store(t, NOTE(t), value)
#else
    skip
#endif
}

proctype client(byte me)
{
    byte mine = NOBODY; /* the slot that he has or gives back */
    byte s = NOBODY, wake = NOBODY, woken = NOBODY, raised, round;
    bool done, alarm, excess, quiet;

acquire:
    if
    :: round == ROUNDS -> goto finish
#ifdef FOR_EVER
    :: me != 0
#endif
    :: else -> round++
    fi;
    scan(me, mine, done);
    if
    :: mine != NOBODY -> goto hold
    :: else
    fi;

    atomic { /* slot_wait::run */
        lock(me);
        if
        :: closed -> unlock(me); goto without
        :: else
        fi;
        word[me] = WAITING;
        if
        :: guards[me] = false
        :: HAS_ALARM(me) -> guards[me] = true; alarm = true /* slots are hot: he will look by himself */
        fi;
        d_step {
            push(me);
            raise_attention(me, raised) /* 1: then he looks (2) */
        }
    }
    heavy_fence(me, raised);
    unlock(me);
#ifndef NO_LOOK_AGAIN
    scan(me, s, done); /* 2 */
    if
    :: s != NOBODY -> goto withdraw
    :: else
    fi;
#endif

sleep:
    atomic {
        if
        :: SETTLED(me) -> goto settled
        :: word[me] == ALERTED -> word[me] = WAITING; alarm = true; goto sleep
        :: word[me] == NUDGED -> word[me] = WAITING; goto look
        :: word[me] == WAITING -> asleep[me] = true /* the kernel compares and sleeps in one step */
        fi
    }
    if
    :: !asleep[me] -> goto sleep
    :: alarm -> asleep[me] = false; alarm = false
    :: HAS_DEADLINE(me) -> asleep[me] = false; goto give_up
    fi;

look: /* slot_wait::claim_after_releases */
    atomic {
        lock(me);
        guards[me] = false;
#ifndef STAYS_PATIENT
        d_step { /* slot_gate::lose_patience */
            read(me, ATTENTION, raised);
            if
            :: waiting != 0 && OLDEST == me && (raised & PATIENT_BIT) ->
                left_idle = true;
                put(me, ATTENTION, raised & ~PATIENT_BIT) /* 1: then he looks (2) */
            :: else -> raised = 0
            fi
        }
#endif
    }
#ifndef NO_PATIENCE_FENCE
    heavy_fence(me, raised);
#endif
    raised = 0;
    unlock(me);
    scan(me, s, done);
    if
    :: s == NOBODY -> goto sleep
    :: else
    fi;

withdraw:
    atomic {
        lock(me);
        mine = s;
        s = NOBODY;
        if
        :: SETTLED(me) -> unlock(me); excess = true; goto give_back
        :: else
        fi
    }
    leave_queue(me, me, s, done, raised, woken);
    unlock(me);
    goto hold;

give_up:
    atomic {
        lock(me);
        if
        :: SETTLED(me) ->
            unlock(me);
#ifndef BLIND_CANCEL
            goto settled
#else
            goto without
#endif
        :: else
        fi
    }
    leave_queue(me, me, s, done, raised, woken);
    unlock(me);
    scan(me, mine, done);
    if
    :: mine != NOBODY -> goto hold
    :: else -> goto without
    fi;

settled:
    if
    :: word[me] == GRANTED -> mine = granted[me]
    :: else -> goto without
    fi;

hold:
    atomic {
        assert(holder[mine] == me);
        alarm = false;
        if
        :: round == ROUNDS -> callers--
        :: else
        fi
    }

give_back:
    atomic {
        load(me, ATTENTION, raised);
        if
        :: IS_PATIENT(raised) && MAY_BE_QUIET(mine) -> raised = 0; quiet = true /* slot_handover::return_quietly */
        :: raised != 0 -> raised = 0; goto slowly
        :: else
        fi
    }
#if defined(FOR_EVER) && !defined(ALWAYS_OVERTAKE)
    asked[mine] = false;
#endif
    note(me, 1);
    d_step { buffer[me].n < DEPTH -> publish(me, mine, IDLE) } /* 3: then he looks (4); 1 and 2 pair with them */
    light_fence(me);
#ifndef NO_LOOK_AFTER_RELEASE
    load(me, ATTENTION, raised); /* 4 */
    if
    :: (!quiet && raised != 0) || (quiet && !IS_PATIENT(raised)) ->
        d_step {
            raised = 0;
            claim(me, mine, LENT, done)
        }
    :: else
    fi;
#endif
    quiet = false;
    raised = 0;
    note(me, 0);
    if
    :: done -> done = false
    :: else -> goto given
    fi;

slowly: /* slot_handover::pass_on */
    atomic {
        lock(me);
#if defined(FOR_EVER) && !defined(ALWAYS_OVERTAKE)
        asked[mine] = true;
#endif
        if
        :: closed -> /* it is retired, and its place vacated */
            unlock(me);
            lock(me);
            d_step { publish(me, mine, OUT) }
        :: !closed && waiting == 0 -> d_step { publish(me, mine, IDLE) }
        :: !closed && waiting != 0 -> d_step { grant(me, OLDEST, mine, wake, raised) }
        :: !closed && waiting > 1 && MAY_PASS -> /* wait_queue::nearby */
            passed++;
            d_step { grant(me, queue[1], mine, wake, raised) }
        :: !closed && waiting != 0 && MAY_PASS -> /* newcomers may overtake */
            passed++;
            d_step { publish(me, mine, IDLE) }
            left_idle = true;
            if /* wait_queue::left_idle */
            :: d_step { tell(OLDEST, NUDGED, wake) }
            :: HAS_ALARM(OLDEST) -> d_step { tell(OLDEST, ALERTED, wake) }
            :: guards[OLDEST] /* he will look soon enough */
            fi;
            if /* slot_gate::be_patient: slots are hot */
#ifndef IMPATIENT
            :: d_step {
                read(me, ATTENTION, raised);
                put(me, ATTENTION, raised | PATIENT_BIT);
                raised = 0
            }
#endif
            :: true
            fi;
            goto passed_on
        fi
    }
    heavy_fence(me, raised);
    share_left_idle(me, s, done, raised, woken);
passed_on:
    unlock(me);
    fire(wake);

given:
    mine = NOBODY;
    if
    :: excess -> excess = false; goto settled
    :: else -> goto acquire
    fi;

without:
    atomic {
        alarm = false;
        if
        :: round == ROUNDS -> callers--
        :: else
        fi
    }
    goto acquire;

finish:
    finished++
}

#ifdef STOPPER
proctype stopper(byte me)
{
    byte w = CLIENTS - 1, s = NOBODY, woken = NOBODY, raised;
    bool done;

    lock(me);
    if
    :: !SETTLED(w) ->
        leave_queue(me, w, s, done, raised, woken);
        unlock(me);
        fire(w)
    :: else -> unlock(me) /* he finds the request when he comes: the same as if he did not come */
    fi;
    finished++
}
#endif

#ifdef CLOSER
/* slot_gate::count: each slot is looked at once */
inline count_taken(n, s)
{
    n = 0;
    for (s : 0 .. SLOTS - 1) {
        n = n + (memory[s] == LENT || memory[s] == SERVICE -> 1 : 0)
    }
}

proctype closer(byte me)
{
    byte s = NOBODY, w = NOBODY, wake = NOBODY, raised, taken, again, departing;
    bool done;

    atomic { /* slot_exchange::close */
        lock(me);
        closed = true;
        d_step { raise_attention(me, raised) } /* 1 */
    }
    heavy_fence(me, raised);
    unlock(me);
    do
    :: atomic {
        lock(me);
        if
        :: waiting == 0 -> unlock(me); break
        :: else
        fi;
        d_step {
            wake = OLDEST;
            remove(wake);
            raise_attention(me, raised);
            assert((raised & ~PATIENT_BIT) == 0 && !SETTLED(wake));
            flush(me);
            word[wake] = CLOSED
        }
    }
        heavy_fence(me, raised);
        unlock(me);
        fire(wake)
    od;

    for (s : 0 .. SLOTS - 1) { /* slot_housekeeping::sweep */
        d_step { claim(me, s, SERVICE, done) } /* 2 */
        if
        :: done ->
            atomic {
                lock(me);
                d_step { publish(me, s, OUT) }
            }
            unlock(me)
        :: else
        fi
    }

    /* slot_pool::shut_down, once nobody can come any more. slot_gate::in_use: slots, notes, and slots again. */
    callers == 0;
    do
    :: count_taken(taken, s);
        departing = 0;
        for (w : 0 .. CLIENTS - 1) {
            departing = departing + memory[NOTE(w)]
        }
        count_taken(again, s);
        if
        :: taken == 0 && again == 0 && departing == 0 -> break
        :: else
        fi
    od;
    lock(me); /* slot_gate::closed: whoever gave the last one back has left the mutex */
    unlock(me);
    destroyed = true;
    finished++
}
#endif

init {
    byte t;

    atomic {
        run_hardware(t);
        for (t : 0 .. CLIENTS - 1) { run client(t) }
#ifdef STOPPER
        run stopper(CLIENTS)
#endif
#ifdef CLOSER
        run closer(CLIENTS)
#endif
    }
    finished == THREADS;
    for (t : 0 .. THREADS - 1) { buffer[t].n == 0 }
    assert(waiting == 0 && !locked);
    assert(memory[ATTENTION] == (closed -> LEAVERS : 0));
    for (t : 0 .. SLOTS - 1) {
        assert(memory[t] == (closed -> OUT : IDLE) && holder[t] == NOBODY)
    }
}

#ifdef FOR_EVER
/* Who is in the queue leaves it, with a slot or without. */
ltl served { [] (!SETTLED(0) -> <> SETTLED(0)) }
#endif
