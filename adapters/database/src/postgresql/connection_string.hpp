// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters::detail::pg {

/// What a connection string says, in libpq's keywords.
class connection_keywords {
public:
    /// Nothing if libpq cannot read it. Its reasons quote the string, password and all, and so are not told.
    [[nodiscard]] static std::optional<connection_keywords> parse(const std::string& connection);
    /// What it should have been, in words.
    [[nodiscard]] static std::string_view expected() noexcept;

    /// Empty if it says nothing.
    [[nodiscard]] std::string_view find(std::string_view keyword) const noexcept;
    void set(std::string_view keyword, std::string_view value);
    [[nodiscard]] auto begin() const noexcept { return said_.begin(); }
    [[nodiscard]] auto end() const noexcept { return said_.end(); }
    /// A value for `keyword='value'`.
    [[nodiscard]] static std::string escaped(std::string_view value);

private:
    std::vector<std::pair<std::string, std::string>> said_;
};

} // namespace steward::inline v0::adapters::detail::pg
