/* SPDX-License-Identifier: BSL-1.0 */

/*
 * The part of the memory model that matters here: what a thread stores sits in its store buffer for a while, oldest
 * first, where only it sees it (x86-TSO). An atomic read-modify-write, locking, unlocking and a full fence empty the
 * thread's own buffer; membarrier empties everybody's, one after another.
 *
 * With SEQUENTIAL there are no store buffers, for claims that are not about them.
 *
 * Whoever includes this defines THREADS, WORDS (words of memory), DEPTH (stores that a buffer has room for), and
 * `touched(a)`, a statement to check an access with.
 */

typedef store_buffer {
    byte n;
    byte where[DEPTH];
    byte what[DEPTH]
};

store_buffer buffer[THREADS];
byte memory[WORDS];
bool locked; /* the pool's mutex */
byte i_; /* zero between steps */

/* The oldest store of a thread reaches memory. Unused entries are zero, so that equal buffers are equal states. */
inline drain(t)
{
    touched(buffer[t].where[0]);
    memory[buffer[t].where[0]] = buffer[t].what[0];
    i_ = 1;
    do
    :: i_ < DEPTH ->
        buffer[t].where[i_ - 1] = buffer[t].where[i_];
        buffer[t].what[i_ - 1] = buffer[t].what[i_];
        i_++
    :: else -> break
    od;
    buffer[t].where[DEPTH - 1] = 0;
    buffer[t].what[DEPTH - 1] = 0;
    buffer[t].n--;
    i_ = 0
}

inline flush(t)
{
    do
    :: buffer[t].n > 0 -> drain(t)
    :: else -> break
    od;
    i_ = 0 /* spin wants a step to end with more than a break */
}

/* A relaxed or release store of thread t. `put` is for use inside of a step; a full buffer makes its thread wait. */
inline put(t, a, value)
{
#ifdef SEQUENTIAL
    memory[a] = value
#else
    assert(buffer[t].n < DEPTH);
    buffer[t].where[buffer[t].n] = a;
    buffer[t].what[buffer[t].n] = value;
    buffer[t].n++
#endif
}

inline store(t, a, value)
{
    d_step {
        buffer[t].n < DEPTH -> put(t, a, value)
    }
}

/* What thread t reads: its own newest store, else memory. For use inside of a step. */
inline read(t, a, into)
{
    touched(a);
    into = memory[a];
    i_ = 0;
    do
    :: i_ < buffer[t].n ->
        if
        :: buffer[t].where[i_] == a -> into = buffer[t].what[i_]
        :: else
        fi;
        i_++
    :: else -> break
    od;
    i_ = 0
}

inline load(t, a, into)
{
    d_step { read(t, a, into) }
}

/* For use inside of a step. */
inline exchange_if(t, a, from, to, done)
{
    flush(t);
    touched(a);
    done = (memory[a] == from);
    if
    :: done -> memory[a] = to
    :: else
    fi
}

inline full_fence(t)
{
    d_step { flush(t) }
}

/* std::mutex. Unlocking empties the buffer first: nobody who locks next can miss what was stored before. */
inline lock(t)
{
    d_step {
        !locked -> locked = true;
        touched(0);
        flush(t)
    }
}

inline unlock(t)
{
    d_step {
        flush(t);
        touched(0);
        locked = false
    }
}

/* asymmetric_fence::light and heavy. SYMMETRIC is the way without membarrier. */
inline light_fence(t)
{
#ifdef SYMMETRIC
    full_fence(t)
#else
    skip
#endif
}

/* Nothing if it is not `due`, which is false afterwards. */
inline heavy_fence(t, due)
{
    if
    :: due ->
        full_fence(t);
#if !defined(SYMMETRIC) && !defined(SEQUENTIAL) && !defined(NO_HEAVY_FENCE)
        due = 0;
        do
        :: due < THREADS -> d_step { flush(due); due++ }
        :: else -> break
        od;
#endif
        due = 0
    :: else
    fi
}

/* Stores reach memory by themselves, at any time. */
proctype hardware(byte t)
{
end:
    do
    :: d_step { buffer[t].n > 0 -> drain(t) }
    od
}

inline run_hardware(t)
{
#ifndef SEQUENTIAL
    for (t : 0 .. THREADS - 1) { run hardware(t) }
#endif
    t = 0
}
