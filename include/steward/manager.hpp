// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/cleanup_report.hpp>
#include <steward/compile_error.hpp>
#include <steward/detail/crew.hpp>
#include <steward/detail/housekeeper.hpp>
#include <steward/detail/manager_parts.hpp>
#include <steward/detail/manager_rules.hpp>
#include <steward/housekeeping.hpp>
#include <steward/lease.hpp>
#include <steward/owner.hpp>
#include <steward/owner_tag.hpp>
#include <steward/pool/holders.hpp>
#include <steward/pool/hooks.hpp>
#include <steward/pool/pool_options.hpp>
#include <steward/resource.hpp>
#include <steward/resource_ref.hpp>
#include <steward/resource_status.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <expected>
#include <future>
#include <memory>
#include <source_location>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// Owns one pool for each of its resources: exactly what is declared, and nothing for what is not.
///
/// `manager<R...>`, or `manager<defaults<P...>, R...>` with policies for axes that resources do not name. Built from
/// `R::with(settings, options)` in any order; what has default settings may be left out. Every wrong setting and
/// option is named by one `configuration_error` before anything is built.
///
/// Time in it is a tick, which a thread of its own tells its pools; only if one of them needs that, and not with
/// `manual_housekeeping` as the last argument of its constructor, where `maintain` does. It ends when all are closed.
///
/// Names are spelt `acquire<"db">()` or `acquire("db"_r)`; one that is not there does not compile.
/// Threads: everything may be called by any thread at any time, unless a resource's locking is `none`.
/// Its end closes all resources, in reverse, before their adapters; no other call may be under way then. Leases must
/// not outlive it: it waits for them, and for the threads that give them back, up to their acquire_timeout, then names
/// the holders and terminates.
/// After `fork` it is the parent's: in the child it lends nothing (errc::closed), and what comes back there, or ends with
/// it, is left alone, so that nothing is said on the parent's connections. Whatever a lease or an owner had before the
/// fork must not be used there.
template <class... Args>
class manager : private detail::are_resources<detail::argument_list<Args...>, sizeof(Args)...>,
                private detail::resource_list_rules<Args...> {
    using parts = detail::manager_parts<Args...>;

public:
    /// The type of its pools, for what is built on managers.
    using pools_type = typename parts::pools;

    /// How many resources it has.
    static constexpr std::size_t size = parts::size;

    /// Whether there is a resource of that name.
    template <fixed_string Name>
    static constexpr bool has = detail::has_name<Name, typename parts::names>;

    /// Where it stands in the manager's order.
    template <fixed_string Name>
        requires(has<Name>)
    static constexpr std::size_t index = detail::index_in<Name>(static_cast<const typename parts::names*>(nullptr));

    /// The pool's type behind a name: what leases and policies are made of.
    template <fixed_string Name>
        requires(has<Name>)
    using pool_type = typename std::remove_reference_t<decltype(detail::leaf_at<index<Name>>(
        std::declval<pools_type&>()))>::pool_type;
    /// What `acquire` gives.
    template <fixed_string Name>
    using lease_type = lease<pool_type<Name>>;

    /// Settings and options by the resources' `with`, in any order, and `manual_housekeeping` if there shall be no thread.
    /// Nothing is created here, except what is shared and has no policies (then `resource_error`). Throws
    /// `configuration_error`, what an adapter's constructor throws, and std::system_error where no thread can be started.
    template <detail::constructs_manager... Given>
    explicit(sizeof...(Given) == 1) manager(Given... args)
        : manager{std::in_place, detail::configs_in_order<Given...>{args...}}
    {
        if constexpr ((detail::is_configured<Given> && ...)) {
            static_cast<void>(detail::configs_rules<pools_type, Given...>{});
            if constexpr (parts::needs_housekeeper)
                housekeeper_.start(&manager::keep_house, this);
        } else {
            static_cast<void>(detail::listed_rules<pools_type, detail::configs_among<Given...>>{});
        }
    }
    ~manager()
    {
        housekeeper_.stop();
        helpers_.wait();
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.shut_down(); })
                leaf.pool.shut_down();
        });
    }
    manager(const manager&) = delete;
    manager& operator=(const manager&) = delete;

    /// Takes a resource for a scope; throws `resource_error` where none can be had within the limit (a time, a stop token,
    /// or both), which is the resource's own acquire_timeout if none is given. Its code may be any of `errc` but
    /// unknown_resource; `configuration` is a negative time.
    /// @{
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(const Limit& limit, std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(const Limit& limit, const std::stop_token& stop,
                             std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit, stop);
    }
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(name_constant<Name>, std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(name_constant<Name>, const Limit& limit,
                             std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once"), gnu::always_inline]]
    lease_type<Name> acquire(name_constant<Name>, const Limit& limit, const std::stop_token& stop,
                             std::source_location where = detail::call_site::current())
    {
        return acquire_from<Name>(where, limit, stop);
    }
    /// @}
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// The same without exceptions.
    /// @{
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error>
    try_acquire(std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error>
    try_acquire(const Limit& limit, std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where, limit);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error> try_acquire(
        const Limit& limit, const std::stop_token& stop, std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where, limit, stop);
    }
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error>
    try_acquire(name_constant<Name>, std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error>
    try_acquire(name_constant<Name>, const Limit& limit, std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where, limit);
    }
    template <fixed_string Name, detail::limits_waiting Limit>
        requires(has<Name>)
    [[nodiscard("steward::lease: a lease that nobody keeps is given back at once")]]
    std::expected<lease_type<Name>, resource_error>
    try_acquire(name_constant<Name>, const Limit& limit, const std::stop_token& stop,
                std::source_location where = detail::call_site::current())
    {
        return try_acquire_from<Name>(where, limit, stop);
    }
    /// @}
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(const wait_limit& = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> try_acquire(name_constant<Name>, const wait_limit& = {}) = delete;

    /// An identity that holds any number of this manager's resources: `owner("state", 42)` reads `state_42`.
    /// The tag is a literal; nothing is allocated.
    [[nodiscard("steward::owner: an owner that nobody keeps gives everything back at once")]]
    steward::owner<manager> owner(owner_tag tag, std::uint64_t number = owner_id::no_number)
    {
        return steward::owner<manager>{*this, owner_id{tag.text, number}};
    }
    /// The same by a name that is made at run time; the name is interned, once for the process.
    template <class Name>
        requires(std::convertible_to<const Name&, std::string_view> && !std::is_array_v<Name>)
    [[nodiscard("steward::owner: an owner that nobody keeps gives everything back at once")]]
    steward::owner<manager> owner(const Name& name, std::uint64_t number = owner_id::no_number)
    {
        return steward::owner<manager>{*this, owner_id{detail::intern(name), number}};
    }

    /// Tries one resource, an idle or a new one, through the adapter's validate. No lease is counted: `active` and the
    /// acquisitions stay as they are. False where nobody could get it: invalid, closed, suspended, or not to be created.
    /// It waits for no slot, and where all are lent it is true; it waits for a create, however long that takes.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] bool validate(name_constant<Name> = {})
    {
        return pool<Name>().validate();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> validate(name_constant<Name> = {}) = delete;

    /// What the resource is doing: state, sizes, holders, health, and the metrics if it counts.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] resource_status status(name_constant<Name> = {})
    {
        return detail::leaf_at<index<Name>>(pools_).status();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> status(name_constant<Name> = {}) = delete;
    /// The status of every resource, in the manager's order.
    [[nodiscard]] std::array<resource_status, size> status()
    {
        std::array<resource_status, size> all;
        parts::each(pools_, [i = std::size_t{0}, &all](auto& leaf) mutable { all[i++] = leaf.status(); });
        return all;
    }

    /// What the metrics policy counted, and the adapter; there only if one of them counts.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.metrics(); }
    [[nodiscard]] metrics_snapshot metrics(name_constant<Name> = {})
    {
        return pool<Name>().metrics();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.metrics(); })
    error::has_a_metrics_policy_that_counts_nothing<Name> metrics(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> metrics(name_constant<Name> = {}) = delete;
    /// The metrics of every resource that counts, by name.
    [[nodiscard]] std::vector<named_metrics> metrics()
    {
        std::vector<named_metrics> result;
        for_each([&]<fixed_string Name>(name_constant<Name>) {
            if constexpr (requires { this->template metrics<Name>(); })
                result.push_back({Name.view(), this->template metrics<Name>()});
        });
        return result;
    }

    /// The health policy's state, else the adapter's own answer, else unknown.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] resource_health health(name_constant<Name> = {})
    {
        return pool<Name>().health();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> health(name_constant<Name> = {}) = delete;
    /// The same with reason and since when.
    template <fixed_string Name>
        requires(has<Name>)
    [[nodiscard]] health_report diagnose(name_constant<Name> = {})
    {
        return pool<Name>().diagnose();
    }
    /// The health of every resource, by name.
    [[nodiscard]] std::vector<named_health> health()
    {
        std::vector<named_health> result;
        for_each([&]<fixed_string Name>(name_constant<Name>) {
            health_report report = this->template diagnose<Name>();
            result.push_back({Name.view(), report.health, std::move(report.reason), report.since});
        });
        return result;
    }

    /// Who holds the resource now, without anonymous leases; there only if the ownership policy knows.
    template <fixed_string Name>
        requires(has<Name>) && detail::knows_holders<typename pool_type<Name>::ownership_policy>
    [[nodiscard]] std::vector<std::string> owners(name_constant<Name> = {})
    {
        return pool<Name>().owners();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!detail::knows_holders<typename pool_type<Name>::ownership_policy>)
    error::has_an_ownership_policy_that_tracks_nobody<Name> owners(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> owners(name_constant<Name> = {}) = delete;

    /// Who holds the resource now, since when and from which line; there only if the ownership policy traces.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.traces(); }
    [[nodiscard]] std::vector<lease_trace> traces(name_constant<Name> = {})
    {
        return pool<Name>().traces();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.traces(); })
    error::has_an_ownership_policy_that_does_not_trace<Name> traces(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> traces(name_constant<Name> = {}) = delete;

    /// Changes the options that are named, while others work: all of them, or none where one is wrong
    /// (`configuration_error`). What is lent and too much then is retired as it comes back.
    /// @{
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resize({}); }
    void resize(const typename pool_type<Name>::options& options)
    {
        pool<Name>().resize(options);
    }
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resize({}); }
    void resize(name_constant<Name>, const typename pool_type<Name>::options& options)
    {
        pool<Name>().resize(options);
    }
    /// @}
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resize({}); })
    error::has_a_pooling_policy_without_a_size<Name> resize(const pool_options&) = delete;
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resize({}); })
    error::has_a_pooling_policy_without_a_size<Name> resize(name_constant<Name>, const pool_options&) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resize(const pool_options&) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resize(name_constant<Name>, const pool_options&) = delete;

    /// Nobody gets the resource until `resume`; those who come wait, until their deadline at most (`errc::suspended`). What is
    /// lent stays lent; what comes back in this moment may be lent once more.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.suspend(); }
    void suspend(name_constant<Name> = {}) noexcept
    {
        pool<Name>().suspend();
    }
    /// Ends what `suspend` began; those who wait get their turn.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.resume(); }
    void resume(name_constant<Name> = {}) noexcept
    {
        pool<Name>().resume();
    }
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.suspend(); })
    error::has_a_pooling_policy_that_cannot_be_suspended<Name> suspend(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(has<Name>) && (!requires(pool_type<Name>& p) { p.resume(); })
    error::has_a_pooling_policy_that_cannot_be_suspended<Name> resume(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> suspend(name_constant<Name> = {}) = delete;
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> resume(name_constant<Name> = {}) = delete;

    /// Says what time it is and does what is due, on this thread: closes what is too old or idle for too long, validates,
    /// fills up to min_size. A time before the last one changes nothing. Who calls it while another thread does the same,
    /// as the manager's own may, can create one more than min_size: each fills what it found missing.
    void maintain(time_point now = clock::now())
        requires(parts::can_maintain)
    {
        parts::each(pools_, [&](auto& leaf) {
            if constexpr (requires { leaf.pool.maintain(now); })
                leaf.pool.maintain(now);
        });
    }
    error::has_no_resource_that_needs_maintenance<manager> maintain(time_point = {})
        requires(!parts::can_maintain)
    = delete;

    /// Closes every resource: nobody gets one from now on; what is free goes now, the rest as it comes back. Closing twice
    /// is harmless.
    void close() noexcept
        requires(parts::can_close)
    {
        parts::each_reversed(pools_, [](auto& leaf) { // at once, however long an adapter takes for the first one
            if constexpr (requires { leaf.pool.refuse(); })
                leaf.pool.refuse();
        });
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.close(); })
                leaf.pool.close();
        });
        end_housekeeping();
    }
    error::has_no_resource_that_can_be_closed<manager> close()
        requires(!parts::can_close)
    = delete;
    /// Closes one resource while the others go on.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.close(); }
    void close(name_constant<Name> = {}) noexcept
    {
        pool<Name>().close();
        end_housekeeping();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> close(name_constant<Name> = {}) = delete;

    /// Opens a resource again that is closed, with an adapter made from other settings; waits for what is still lent, up
    /// to the acquire_timeout. Throws `configuration_error`, `resource_error` (`timed_out`; `configuration` where it is not
    /// closed), what the adapter's constructor throws, or std::system_error; it stays closed then.
    /// @{
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.close(); }
    void reopen(typename pool_type<Name>::settings settings)
    {
        detail::leaf_at<index<Name>>(pools_).reopen(std::move(settings));
        try {
            housekeeper_.go_on();
        } catch (...) { // there are no threads
            close<Name>();
            throw;
        }
    }
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.close(); }
    void reopen(name_constant<Name>, typename pool_type<Name>::settings settings)
    {
        reopen<Name>(std::move(settings));
    }
    /// @}
    template <fixed_string Name, class Settings>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> reopen(const Settings&) = delete;

    /// Retires all resources of that name that there are now (new credentials, a failover): what is free at once, what
    /// is lent as it comes back. Others take their places.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.refresh(); }
    void refresh(name_constant<Name> = {}) noexcept
    {
        pool<Name>().refresh();
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> refresh(name_constant<Name> = {}) = delete;

    /// Refuses newcomers, waits for what is lent and for those who wait, up to the limit, 30 s if none is given, and closes.
    /// Whether all came back in time. A stop token is not looked at.
    bool drain(const wait_limit& limit = {})
        requires(parts::can_close)
    {
        const time_point deadline = limit.deadline(clock::now(), standard_patience);
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.drain(); })
                leaf.pool.drain();
        });
        const bool all = detail::all_came_back([this] { return count_leases(); }, deadline);
        close();
        return all;
    }
    /// The same for one resource, while the others go on.
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.drain(); }
    bool drain(const wait_limit& limit = {})
    {
        pool<Name>().drain();
        const bool all = detail::all_came_back([this] { return pool<Name>().count_leases(); },
                                               limit.deadline(clock::now(), standard_patience));
        close<Name>();
        return all;
    }
    /// @overload
    template <fixed_string Name>
        requires(has<Name>) && requires(pool_type<Name>& p) { p.drain(); }
    bool drain(name_constant<Name>, const wait_limit& limit = {})
    {
        return drain<Name>(limit);
    }
    template <fixed_string Name>
        requires(!has<Name>)
    error::is_not_a_resource_of_this_manager<Name> drain(const wait_limit& = {}) = delete;

    /// Closes everything, many resources at once: a slow or throwing one delays no other. Waits for it up to the limit,
    /// 30 s if none is given, and says what has not ended and what failed; leases that are out are closed when they come
    /// back. Harmless if repeated. A stop token is not looked at.
    cleanup_report cleanup(const wait_limit& limit = {})
        requires(parts::can_close)
    {
        const time_point deadline = limit.deadline(clock::now(), standard_patience);
        parts::each_reversed(pools_, [](auto& leaf) {
            if constexpr (requires { leaf.pool.close_at_once(); })
                leaf.pool.close_at_once();
            else if constexpr (requires { leaf.pool.close(); })
                leaf.pool.close();
        });
        end_housekeeping();
        static_cast<void>(detail::all_came_back([this] { return count_unfinished(); }, deadline));
        cleanup_report report;
        parts::each(pools_, [&](auto& leaf) {
            if constexpr (requires { leaf.report(report); })
                leaf.report(report);
        });
        return report;
    }
    error::has_no_resource_that_can_be_closed<manager> cleanup(const wait_limit& = {})
        requires(!parts::can_close)
    = delete;

    /// The same on a thread of its own, which the manager's end waits for; on this one where the system has no more.
    [[nodiscard]] std::future<cleanup_report> cleanup_async(const wait_limit& limit = {})
        requires(parts::can_close)
    {
        struct job {
            manager& on;
            time_point deadline;
            std::promise<cleanup_report> report{};
        };
        auto mine = std::make_unique<job>(*this, limit.deadline(clock::now(), standard_patience));
        std::future<cleanup_report> result = mine->report.get_future();
        helpers_.start(
            [](void* what, void*) noexcept {
                const std::unique_ptr<job> self{static_cast<job*>(what)};
                try {
                    self->report.set_value(self->on.cleanup(self->deadline));
                } catch (...) { // no memory for the report: everything is closed all the same
                    self->report.set_exception(std::current_exception());
                }
            },
            mine.release());
        return result;
    }

    /// Calls `f(resource_ref)` for the resource of that name; an unknown one is a `resource_error` (`unknown_resource`) that
    /// says which names there are. `f` must return the same type for all resources. Linear in the number of resources.
    template <class F>
    decltype(auto) visit(std::string_view name, F&& f)
    {
        return parts::visit(*this, name, f);
    }

    /// Calls `f(name_constant<Name>{})` for every resource, in order.
    template <class F>
    static constexpr void for_each(F f)
    {
        parts::each_name(f);
    }

    /// The resources as a Hana tuple of types, for whoever computes with them.
    [[nodiscard]] static constexpr auto resources() { return parts::hana_types(); }

private:
    template <class M>
    friend class steward::owner;

    template <fixed_string Name, class... Limit>
    [[nodiscard, gnu::always_inline]] lease_type<Name> acquire_from(std::source_location where, const Limit&... limit)
    {
        auto& from = pool<Name>();
        return {from, detail::take(from, owner_id{}, where, limit...)};
    }
    template <fixed_string Name, class... Limit>
    [[nodiscard]] std::expected<lease_type<Name>, resource_error> try_acquire_from(std::source_location where,
                                                                                   const Limit&... limit)
    {
        auto& from = pool<Name>();
        auto token = detail::try_take(from, owner_id{}, where, limit...);
        if (!token)
            return std::unexpected{std::move(token).error()};
        return lease_type<Name>{from, *token};
    }

    static constexpr duration standard_patience = std::chrono::seconds{30};

    // One round of the housekeeper, which leaves alone what is for one thread; when the next is due.
    static time_point keep_house(void* self, time_point now) noexcept
    {
        duration next = std::chrono::seconds{1};
        parts::each(static_cast<manager*>(self)->pools_, [&]<class Leaf>(Leaf& leaf) {
            if constexpr (parts::template wants_time<typename Leaf::pool_type>) {
                if constexpr (requires { leaf.pool.keep_house(now); })
                    leaf.pool.keep_house(now);
                else
                    leaf.pool.maintain(now);
                next = std::min(next, leaf.pool.precision());
            }
        });
        return now + next;
    }

    // The thread ends with the last open resource that it looks after.
    void end_housekeeping() noexcept
    {
        housekeeper_.end_if([this] {
            bool all_closed = true;
            parts::each(pools_, [&]<class Leaf>(Leaf& leaf) {
                if constexpr (parts::template wants_time<typename Leaf::pool_type>)
                    all_closed = all_closed && leaf.pool.closed();
            });
            return all_closed;
        });
    }

    [[nodiscard]] std::size_t count_leases() noexcept
    {
        std::size_t n = 0;
        parts::each(pools_, [&](auto& leaf) {
            if constexpr (requires { leaf.pool.count_leases(); })
                n += leaf.pool.count_leases();
        });
        return n;
    }
    [[nodiscard]] std::size_t count_unfinished() noexcept
    {
        std::size_t n = 0;
        parts::each(pools_, [&](auto& leaf) {
            if constexpr (requires { leaf.pool.count_unfinished(); })
                n += leaf.pool.count_unfinished();
        });
        return n;
    }

    template <class Given>
    manager(std::in_place_t, Given given) : pools_{(parts::check(given), given)}
    {
    }

    template <fixed_string Name>
    [[nodiscard]] auto& pool() noexcept
    {
        return detail::leaf_at<index<Name>>(pools_).pool;
    }

    template <std::size_t I>
    [[nodiscard]] auto& pool_at() noexcept
    {
        return detail::leaf_at<I>(pools_).pool;
    }

    [[no_unique_address]] pools_type pools_;
    [[no_unique_address]] std::conditional_t<parts::can_close, detail::crew, detail::no_crew> helpers_;
    [[no_unique_address]] std::conditional_t<parts::needs_housekeeper, detail::housekeeper, detail::no_housekeeper>
        housekeeper_;
};

} // namespace steward::inline v0
