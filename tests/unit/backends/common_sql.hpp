// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace steward::test {

/// What a backend's description says of its SQL where it says nothing else. A description is one struct:
///
///     struct some_backend : common_sql {
///         static constexpr std::string_view name = "some";
///         using backend = adapters::some;
///         static std::string missing();                 // why its tests cannot run here; empty if they can
///         some_backend();                               // a fresh, empty database, gone with the object
///         adapters::some_settings settings() const;     // of that database, for any number of sessions
///         static void wait_briefly(adapters::some_settings&);           // for locks: about 100 ms
///         std::vector<adapters::some_settings> wrong_settings() const;  // none of which can connect
///         static std::string_view secret();             // the password in all of them, or another text to look for
///         static constexpr std::array<std::string_view, n> parts_of_secret; // as an error might cut or quote it
///     };
///
/// A difference between backends is a constant here, with what is usual, so that no test skips anything silently.
struct common_sql {
    static constexpr std::string_view boolean = "boolean", bigint = "bigint", real = "double precision", text = "text",
                                      blob = "blob", time = "timestamp",
                                      key = "varchar(100)"; ///< a text that may be unique everywhere
    /// A type that holds 2^64 - 1; empty where there is none, and binding it is an error.
    static constexpr std::string_view natural = "";
    /// Whether a value that its column's type does not allow is an error, instead of being kept as it is.
    static constexpr bool columns_check_types = true;
    static constexpr bool keeps_infinity = true;
    /// Whether -0.0 is not stored as 0.0.
    static constexpr bool keeps_negative_zero = true;
    /// Whether a NUL character in a text is kept, instead of being an error.
    static constexpr bool keeps_nul_characters = true;
    static constexpr int first_year = 1;
    /// Whether each adapter has a database of its own, in this process's memory.
    static constexpr bool own_database_per_adapter = false;

    [[nodiscard]] static std::string quoted(std::string_view identifier)
    {
        return std::string{"\""}.append(identifier).append("\"");
    }
};

} // namespace steward::test
