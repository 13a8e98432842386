// SPDX-License-Identifier: BSL-1.0
// What is counted with callgrind: each function uses a resource a thousand times.

#include <steward/steward.hpp>

#include <memory>

namespace {

struct session {
    int uses = 0;
};
struct sessions {
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    static session create() { return {}; }
};

template <class... Policies>
using manager_of = steward::manager<steward::resource<"db", sessions, Policies...>>;

using single = manager_of<steward::locking::none, steward::pooling::bounded<0, 1>>;
using usual = manager_of<steward::metrics::counters, steward::ownership::tracked>;

/// A slot as one would write it by hand where nobody else can come: one word says whether it may be taken, and one
/// comparison at its return whether the pool was closed or the resource has expired meanwhile.
class by_hand {
public:
    [[nodiscard]] session* acquire()
    {
        if (state_ != state::idle) [[unlikely]]
            return acquire_slowly();
        state_ = state::lent;
        return &session_;
    }
    void release()
    {
        if (closed_or_expired_) [[unlikely]]
            return release_slowly();
        state_ = state::idle;
    }

private:
    enum class state : unsigned { empty, idle, lent };

    [[gnu::noinline]] session* acquire_slowly()
    {
        if (state_ != state::empty || closed_or_expired_)
            return nullptr;
        state_ = state::lent;
        return &session_;
    }
    [[gnu::noinline]] void release_slowly()
    {
        session_ = session{};
        state_ = state::empty;
    }

    state state_ = state::empty;
    bool closed_or_expired_ = false;
    session session_;
};

constexpr int times = 1000;

/// What is counted must happen.
[[gnu::always_inline]] inline void keep() { asm volatile("" : : : "memory"); }

} // namespace

extern "C" [[gnu::noinline]] void slot_by_hand(by_hand& slot)
{
    for (int i = 0; i != times; ++i) {
        session* const db = slot.acquire();
        if (db == nullptr)
            return;
        ++db->uses;
        keep();
        slot.release();
    }
}

extern "C" [[gnu::noinline]] void slot_of_steward(single& manager)
{
    for (int i = 0; i != times; ++i) {
        auto db = manager.acquire<"db">();
        ++db->uses;
        keep();
    }
}

extern "C" [[gnu::noinline]] void lease_usual(usual& manager)
{
    for (int i = 0; i != times; ++i) {
        auto db = manager.acquire<"db">();
        ++db->uses;
        keep();
    }
}

extern "C" [[gnu::noinline]] void owner_usual(usual& manager)
{
    for (int i = 0; i != times; ++i) {
        auto owner = manager.owner("load", 42);
        ++owner.acquire<"db">().uses;
        keep();
    }
}

int main()
{
    by_hand slot;
    static_cast<void>(slot.acquire()); // what is created is not counted
    slot.release();
    slot_by_hand(slot);

    const auto one = std::make_unique<single>();
    one->acquire<"db">().release();
    slot_of_steward(*one);

    const auto manager = std::make_unique<usual>();
    manager->acquire<"db">().release();
    lease_usual(*manager);
    owner_usual(*manager);
}
