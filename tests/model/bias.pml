/* SPDX-License-Identifier: BSL-1.0 */

/*
 * A slot that is biased to a thread: that thread claims it with plain stores and loads, and whoever else wants it
 * revokes the bias first, under the mutex and with a fence that every thread executes. Everything else is as in
 * exchange.pml, which models it in full; here a slot that comes back while somebody waits always goes to the oldest.
 *
 * A slot has three words:
 *     state   idle, lent (held without the bias), biased (free or held, see `mine`), out
 *     bias    whose it is; written under the mutex, but for `none`, see below
 *     mine    1 while it is held through the bias, and for a moment when its thread tries to
 *
 * and each thread has a note of the slot that was biased to it last.
 *
 *     fast claim by T     the note names a slot and mine is 0? then mine := 1; light fence; bias is a thread's? then it
 *                         is T's. Else mine := 0. If the bias is not T's any more the note is cleared and T takes the
 *                         slot as others do (lock; revoke; unlock), if it can: for that moment the slot may have looked
 *                         taken to somebody who waits now, and whoever gives it back sees to him.
 *     release by anybody  attention is 0? then the state is lent, and all is as in exchange.pml. Attention says only that
 *                         some slots are biased, and this one is? then mine := 0; light fence; is attention raised?
 *                         then take_back. Attention is raised? then unbiasing, and to the oldest waiter, else idle.
 *     take_back           lock; revoke; if it was got: to the oldest waiter, else idle; unlock.
 *     revoke              with the mutex, if the state is biased: is the bias a thread's? then bias := revoked from it;
 *                         heavy fence. Then is mine 0? then state := lent, the revoker has it. Else he does not, and
 *                         whoever wants it later tries again, without a fence.
 *     biasing             T has the slot, state lent: lock; nobody waits, not closed, bias is none or revoked from T?
 *                         then mine := 1; bias := T; state := biased; attention says that some are biased; T notes the
 *                         slot; unlock.
 *     unbiasing           the holder: lock; state := lent; bias := revoked from its thread; mine := 0; unlock.
 *     forgetting          T, and nobody else, turns `revoked from T` into `none`, when it has claimed the slot as others
 *                         do, and its note does not name the slot any more. So a slot is biased to another thread only
 *                         when no store to `mine` is on its way.
 *
 *     client     acquires and gives back, or gives the lease away; the first claims are by the bias
 *     mover      gives back leases that came from other threads
 *     closer     closes the pool and takes what is free, biased or not
 *
 * Checked: as in exchange.pml, but for departures: a release by the bias needs a note too, for the same reason. The
 * options SLOTS, CLIENTS, ROUNDS, PATIENT, CLOSER, SYMMETRIC and FOR_EVER are those of exchange.pml, MOVER adds one,
 * with UNBIAS a holder may end the bias.
 *
 * These break it, and spin must find out: NO_HEAVY_FENCE, NO_FENCE_IN_REVOKE, NO_LOOK_AGAIN, NO_LOOK_AFTER_RELEASE,
 * NO_LOOK_AFTER_BACKING_OUT, FORGET_AT_ONCE (bias := none by the revoker), KEEP_NOTE (a thread that has forgotten
 * stores to a `mine` that may be another's by now), NO_SECOND_LOOK (at the bias, in a claim), and UNBIAS_WITHOUT_LOCK.
 */

#ifndef SLOTS
#define SLOTS 1
#endif
#ifndef CLIENTS
#define CLIENTS 2
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef PATIENT
#define PATIENT 1
#endif
#ifdef FOR_EVER
#define SEQUENTIAL
#define HAS_DEADLINE(t) false
#else
#define HAS_DEADLINE(t) (t >= PATIENT)
#endif

#ifdef CLOSER
#define CLOSERS 1
#else
#define CLOSERS 0
#endif
#ifdef MOVER
#define MOVERS 1
#else
#define MOVERS 0
#endif
#define THREADS (CLIENTS + CLOSERS + MOVERS)
#define DEPTH 3
#define NOBODY 255

/* Words of memory */
#define STATE(s) (s)
#define BIAS(s) (SLOTS + s)
#define MINE(s) (2 * SLOTS + s)
#define ATTENTION (3 * SLOTS)
#define BOX (3 * SLOTS + 1) /* a lease on its way to another thread */
#define WORDS (3 * SLOTS + 2)
#define touched(a) skip

/* A state is */
#define IDLE 0
#define LENT 1
#define BIASED 2
#define OUT 3

/* A bias is */
#define NONE 0
#define TO(t) (1 + t)
#define FROM(t) (17 + t)
#define IS_A_THREAD(b) (b != NONE && b < 17)

/* A waiter's word is */
#define WAITING 0
#define GRANTED 1
#define CANCELLED 2
#define CLOSED 3
#define SETTLED(t) (word[t] != WAITING)

#include "store_buffers.pml"

byte word[CLIENTS] = CANCELLED;
byte granted[CLIENTS];
bool asleep[CLIENTS];
byte queue[CLIENTS], waiting;
bool closed;
byte owned; /* slots that are biased */
#define OLDEST queue[0]
#define CALLED 3
#define OWNED 4
#define DUE ((waiting != 0 -> 1 : 0) + (closed -> 2 : 0) + (owned != 0 -> OWNED : 0))

/* Only for the checks. */
byte holder[SLOTS] = NOBODY;
bool moving;
byte finished;
byte q_; /* zero between steps */

/* From here to `fire` as in exchange.pml */
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
    waiting--;
    do
    :: q_ < waiting -> queue[q_] = queue[q_ + 1]; q_++
    :: else -> break
    od;
    queue[waiting] = 0;
    q_ = 0
}

inline raise_attention(t, raised)
{
    read(t, ATTENTION, raised);
    put(t, ATTENTION, DUE);
    raised = DUE & ~raised & CALLED
}

inline has(t, s)
{
    assert(holder[s] == NOBODY);
    holder[s] = t
}

inline claim(t, s, to, done)
{
    exchange_if(t, STATE(s), IDLE, to, done);
    if
    :: done -> has(t, s)
    :: else
    fi
}

inline publish(t, s, a, value)
{
    assert(holder[s] == t);
    holder[s] = NOBODY;
    put(t, a, value)
}

inline grant(t, w, s, wake, raised)
{
    wake = w;
    remove(wake);
    raise_attention(t, raised);
    assert(raised == 0 && holder[s] == t && !SETTLED(wake));
    holder[s] = wake;
    granted[wake] = s;
    flush(t); /* a compare-exchange: who sees the grant sees what was stored before */
    word[wake] = GRANTED
}

inline fire(wake)
{
    d_step {
        if
        :: wake != NOBODY -> asleep[wake] = false
        :: else
        fi;
        wake = NOBODY
    }
}

/* With the mutex held; `got`: thread t has the slot then. */
inline revoke(t, s, got, b)
{
    atomic {
        got = false;
        load(t, STATE(s), b);
        if
        :: b == BIASED ->
            load(t, BIAS(s), b);
            got = true;
            if
            :: IS_A_THREAD(b) -> store(t, BIAS(s), FROM(b - 1)) /* 5: then he looks (6); 7 and 8 pair with it */
            :: else -> b = 0
            fi
        :: else -> b = 0
        fi
    }
#ifndef NO_FENCE_IN_REVOKE
    heavy_fence(t, b);
#endif
    if
    :: got ->
        d_step {
            read(t, MINE(s), b); /* 6 */
            got = (b == 0);
            b = 0;
            if
            :: got ->
                has(t, s);
                put(t, STATE(s), LENT);
                owned--;
                raise_attention(t, b);
                assert(b == 0);
#ifdef FORGET_AT_ONCE
                put(t, BIAS(s), NONE)
#endif
            :: else
            fi
        }
    :: else
    fi
}

/* With the mutex held, the slot being the thread's. */
inline pass_on(t, s, wake, b)
{
    d_step {
        buffer[t].n < DEPTH ->
        if
        :: closed -> publish(t, s, STATE(s), OUT)
        :: !closed && waiting != 0 -> grant(t, OLDEST, s, wake, b)
        :: else -> publish(t, s, STATE(s), IDLE)
        fi
    }
}

inline take_back(t, s, got, wake, b)
{
    lock(t);
    revoke(t, s, got, b);
    if
    :: got -> got = false; pass_on(t, s, wake, b)
    :: else
    fi;
    unlock(t);
    fire(wake)
}

/* With the mutex held: the holder has it from now on as he would without the bias. */
inline end_bias(t, s, b)
{
    load(t, STATE(s), b);
    if
    :: b == BIASED ->
        store(t, STATE(s), LENT);
        atomic {
            load(t, BIAS(s), b);
            if
            :: IS_A_THREAD(b) -> store(t, BIAS(s), FROM(b - 1))
            :: else
            fi
        }
        store(t, MINE(s), 0);
        d_step { buffer[t].n < DEPTH -> owned--; raise_attention(t, b) }
    :: else
    fi;
    b = 0
}

/* To have it destroyed, for one. */
inline unbias(t, s, b)
{
#ifndef UNBIAS_WITHOUT_LOCK
    lock(t);
#endif
    end_bias(t, s, b);
#ifndef UNBIAS_WITHOUT_LOCK
    unlock(t)
#endif
}

/* With the mutex held, and nobody called, the holder keeps it. */
inline bias(t, s, b)
{
    load(t, STATE(s), b);
    if
    :: b == LENT && waiting == 0 && !closed ->
        load(t, BIAS(s), b);
        if
        :: b == NONE || b == FROM(t) ->
            store(t, MINE(s), 1);
            store(t, BIAS(s), TO(t));
            store(t, STATE(s), BIASED);
            own = s;
            d_step { buffer[t].n < DEPTH -> owned++; raise_attention(t, b) }
        :: else
        fi
    :: else
    fi;
    b = 0
}

inline look_for_attention(t, b)
{
#ifndef NO_LOOK_AFTER_RELEASE
    load(t, ATTENTION, b) /* 4: a waiter's or closer's 1 and 2 pair with 3 and 4 */
#else
    b = 0
#endif
}

/* Without the bias, and without the mutex: as in exchange.pml. */
inline set_idle(t, s, got, b)
{
    d_step { buffer[t].n < DEPTH -> publish(t, s, STATE(s), IDLE) } /* 3 */
    light_fence(t);
    look_for_attention(t, b);
    if
    :: (b & CALLED) != 0 -> d_step { b = 0; claim(t, s, LENT, got) }
    :: else -> b = 0
    fi
}

/* The holder gives the slot back. */
inline give_back(t, s, got, wake, b)
{
    load(t, ATTENTION, b);
    if
    :: b == 0 ->
        load(t, STATE(s), b);
        assert(b == LENT); /* which is not looked at */
        b = 0;
        set_idle(t, s, got, b)
    :: b == OWNED ->
        load(t, STATE(s), b);
        if
        :: b == BIASED ->
            b = 0;
            d_step { buffer[t].n < DEPTH -> publish(t, s, MINE(s), 0) } /* 3: then he looks (4) */
            light_fence(t);
            look_for_attention(t, b);
            if
            :: (b & CALLED) != 0 -> b = 0; take_back(t, s, got, wake, b)
            :: else -> b = 0
            fi
        :: else -> b = 0; set_idle(t, s, got, b)
        fi
    :: else -> b = 0; got = true
    fi;
    if
    :: got ->
        got = false;
        lock(t);
        end_bias(t, s, b);
        pass_on(t, s, wake, b);
        unlock(t);
        fire(wake)
    :: else
    fi
}

/* Some slot, `found`, that is idle, or biased and not held; NOBODY if there is none. */
inline look(t, found, got, b)
{
    found = 0;
    do
    :: found < SLOTS ->
        d_step { claim(t, found, LENT, got) }
        if
        :: got -> break
        :: else -> found++
        fi
    :: else -> break
    od;
    if
    :: !got ->
        load(t, ATTENTION, b);
        found = ((b & OWNED) != 0 -> 0 : SLOTS);
        b = 0;
        do
        :: found < SLOTS ->
            lock(t);
            revoke(t, found, got, b);
            unlock(t);
            if
            :: got -> break
            :: else -> found++
            fi
        :: else -> found = NOBODY; break
        od
    :: else
    fi;
    got = false
}

proctype client(byte me)
{
    byte own = NOBODY, mine = NOBODY, s = NOBODY, wake = NOBODY, b, round;
    bool got, excess;

acquire:
    if
    :: round == ROUNDS -> goto finish
#ifdef FOR_EVER
    :: me != 0
#endif
    :: else -> round++
    fi;

claim_by_bias:
    if
    :: goto claim_any /* its hint was lost */
    :: own != NOBODY
    fi;
    atomic {
        load(me, MINE(own), b);
        if
        :: b != 0 -> b = 0; goto miss
        :: else
        fi
    }
    store(me, MINE(own), 1); /* 7: then he looks (8) */
    light_fence(me);
    atomic {
        load(me, BIAS(own), b); /* 8 */
        if
#ifndef NO_SECOND_LOOK
        :: IS_A_THREAD(b) ->
#else
        :: true ->
#endif
            b = 0;
            mine = own;
            has(me, mine);
            goto hold
        :: else -> b = 0
        fi
    }
    store(me, MINE(own), 0); /* 3: then he looks (4) */
    light_fence(me);

miss:
    atomic {
        load(me, BIAS(own), b);
        if
        :: b == TO(me) -> b = 0; goto claim_any /* he has lent it */
        :: else -> b = 0
        fi
    }
    s = own;
    own = NOBODY;
#ifndef NO_LOOK_AFTER_BACKING_OUT
    lock(me);
    revoke(me, s, got, b);
    unlock(me);
    if
    :: got -> got = false; mine = s; s = NOBODY; goto claimed
    :: else
    fi;
#endif
    s = NOBODY;

claim_any:
    look(me, mine, got, b);
    if
    :: mine != NOBODY -> goto claimed
    :: mine == NOBODY && HAS_DEADLINE(me) -> goto acquire /* no time to wait */
    :: mine == NOBODY
    fi;

    atomic {
        lock(me);
        if
        :: closed -> unlock(me); goto acquire
        :: else
        fi;
        word[me] = WAITING;
        d_step {
            push(me);
            raise_attention(me, b) /* 1: then he looks (2) */
        }
    }
    heavy_fence(me, b);
    unlock(me);
#ifndef NO_LOOK_AGAIN
    look(me, s, got, b); /* 2 */
    if
    :: s != NOBODY -> goto withdraw
    :: else
    fi;
#endif

sleep:
    atomic {
        if
        :: SETTLED(me) -> goto settled
        :: else -> asleep[me] = true
        fi
    }
    if
    :: !asleep[me] -> goto sleep
    :: HAS_DEADLINE(me) -> asleep[me] = false
    fi;

withdraw: /* with a slot that he found, or without */
    atomic {
        lock(me);
        mine = s;
        s = NOBODY;
        if
        :: SETTLED(me) && mine == NOBODY -> unlock(me); goto settled
        :: SETTLED(me) && mine != NOBODY -> unlock(me); excess = true; goto bring_back
        :: else
        fi;
        word[me] = CANCELLED;
        d_step {
            remove(me);
            raise_attention(me, b);
            assert(b == 0)
        }
    }
    unlock(me);
    if
    :: mine == NOBODY -> goto acquire
    :: else -> goto claimed
    fi;

settled:
    if
    :: word[me] == GRANTED -> mine = granted[me]; goto hold
    :: else -> goto acquire
    fi;

claimed:
#ifndef FORGET_AT_ONCE
    atomic {
        load(me, BIAS(mine), b);
        if
        :: b == FROM(me) ->
            store(me, BIAS(mine), NONE); /* forgetting */
#ifndef KEEP_NOTE
            own = (own == mine -> NOBODY : own)
#endif
        :: else
        fi;
        b = 0
    }
#endif

hold:
    assert(holder[mine] == me);
#ifdef MOVER
    if
    :: d_step { !moving && buffer[me].n < DEPTH -> moving = true; holder[mine] = CLIENTS; put(me, BOX, mine + 1) }
        mine = NOBODY;
        goto acquire
    :: true
    fi;
#endif

    if
    :: lock(me); bias(me, mine, b); unlock(me)
    :: true
    fi;
#ifdef UNBIAS
    if
    :: unbias(me, mine, b); assert(holder[mine] == me)
    :: true
    fi;
#endif

bring_back:
    give_back(me, mine, got, wake, b);
    mine = NOBODY;
    if
    :: excess -> excess = false; goto settled
    :: else -> goto acquire
    fi;

finish:
    finished++
}

#ifdef MOVER
proctype mover(byte me)
{
    byte mine, wake = NOBODY, b;
    bool got;

end:
    do
    :: d_step { memory[BOX] != 0 -> mine = memory[BOX] - 1; memory[BOX] = 0 }
        give_back(me, mine, got, wake, b);
        mine = 0;
        moving = false
    od
}
#endif

#ifdef CLOSER
proctype closer(byte me)
{
    byte s = NOBODY, wake = NOBODY, b;
    bool got;

    atomic {
        lock(me);
        closed = true;
        d_step { raise_attention(me, b) } /* 1 */
    }
    heavy_fence(me, b);
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
            raise_attention(me, b);
            assert(b == 0 && !SETTLED(wake));
            flush(me);
            word[wake] = CLOSED
        }
    }
        unlock(me);
        fire(wake)
    od;
    for (s : 0 .. SLOTS - 1) {
        d_step { claim(me, s, LENT, got) } /* 2 */
        lock(me);
        if
        :: !got -> revoke(me, s, got, b)
        :: else
        fi;
        if
        :: got -> got = false; pass_on(me, s, wake, b)
        :: else
        fi;
        unlock(me)
    }
    finished++
}
#endif

init {
    byte t;

    atomic {
        if /* the first has slot 0 from before */
        :: memory[BIAS(0)] = TO(0); memory[STATE(0)] = BIASED; owned = 1; memory[ATTENTION] = OWNED
        :: true
        fi;
        run_hardware(t);
        for (t : 0 .. CLIENTS - 1) { run client(t) }
#ifdef MOVER
        run mover(CLIENTS);
#endif
#ifdef CLOSER
        run closer(CLIENTS + MOVERS);
#endif
        t = 0
    }
    finished == CLIENTS + CLOSERS && !moving;
    for (t : 0 .. THREADS - 1) { buffer[t].n == 0 }
    assert(waiting == 0 && !locked && memory[ATTENTION] == DUE);
    for (t : 0 .. SLOTS - 1) {
        assert(holder[t] == NOBODY);
        if
        :: closed -> assert(memory[STATE(t)] == OUT)
        :: else -> assert(memory[STATE(t)] == IDLE || (memory[STATE(t)] == BIASED && memory[MINE(t)] == 0))
        fi
    }
}

#ifdef FOR_EVER
/* Who is in the queue leaves it, with a slot or without. */
ltl served { [] (!SETTLED(0) -> <> SETTLED(0)) }
#endif
