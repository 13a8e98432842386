// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "country.hpp"
#include "steps.hpp"
#include "store.hpp"

#include <steward/fsm.hpp>
#include <steward/steward.hpp>

/// The machine: one execution takes one country from the file through both services into the database.
///
///     read -> fetch -> describe -> store -> done
///
/// with these ways besides:
///     read -> done             an earlier run has done all of it
///     read -> rejected         the line is not one of a country
///     fetch -> store           the service does not know the country: there is nothing to tell
///     fetch -> later           the service is not there: the next run asks it
///     describe -> store        (a second one) the model is not there: stored without a description, for the next run
/// What else is thrown (a wrong key, a full disk) would meet every country: it ends the whole job.
namespace enrich {

using namespace steward::literals;

/// Takes its line of the file, and looks whether it is done already.
struct read {
    using needs = steward::needs<"countries", "database">;
    void operator()(country& it, auto& resources) const
    {
        read_line(it, resources["countries"_r]);
        it.is_complete = store::is_complete(resources["database"_r], it);
    }
};
struct fetch {
    using needs = steward::needs<"zones">;
    void operator()(country& it, auto& resources) const { fetch_zones(it, resources["zones"_r]); }
};
struct describe {
    using needs = steward::needs<"writer">;
    void operator()(country& it, auto& resources) const { write_description(it, resources["writer"_r]); }
};
struct store_it {
    static constexpr std::string_view name = "store";
    using needs = steward::needs<"database">;
    void operator()(const country& it, auto& resources) const { store::put(resources["database"_r], it); }
};
struct done {};
struct later {};
struct rejected {};

inline void note_problem(country& it, const std::exception& reason) { it.problem = reason.what(); }

struct machine {
    using states = steward::states<read, fetch, describe, store_it, done, later, rejected>;
    // resource_error: the circuit to a service is open, since it has failed too often.
    using not_now = steward::on_error<unavailable, steward::resource_error>;
    using note = steward::transform<note_problem>;
    using arcs =
        steward::arcs<steward::arc<read, done, steward::when<&country::is_complete>>, steward::arc<read, fetch>,
                      steward::arc<read, rejected, steward::on_error<malformed_line>, note>,
                      steward::arc<fetch, describe, steward::when<&country::has_zones>>, steward::arc<fetch, store_it>,
                      steward::arc<fetch, later, not_now, note>, steward::arc<describe, store_it>,
                      steward::arc<describe, store_it, not_now, note>, steward::arc<store_it, done>>;
};

template <steward::fixed_string Name, class Adapter, class... Policies>
using pool = steward::resource<Name, Adapter, steward::pooling::bounded<0, max_workers>, Policies...>;

using countries = steward::resource<"countries", steward::adapters::filesystem>;
using zones = pool<"zones", steward::adapters::http, steward::health::circuit_breaker<>>;
using writer = pool<"writer", model, steward::health::circuit_breaker<>>;
using database = pool<"database", steward::adapters::database<steward::adapters::sqlite>>;

/// Everything is tracked and timed: an execution takes milliseconds, a look at the clock some nanoseconds.
using catalog = steward::catalog<steward::defaults<steward::metrics::timed, steward::ownership::tracked>, countries,
                                 zones, writer, database>;
using job_manager = steward::manager_for<machine, catalog>;

} // namespace enrich
