// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters {

/// An argument of a command: a text, which may hold any bytes, or a number.
template <class T>
concept redis_argument =
    std::convertible_to<const T&, std::string_view>
    || (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>) || std::floating_point<T>;

namespace detail {

/// One word of a command; valid as long as what it was made of.
class redis_word {
public:
    template <redis_argument T>
    explicit redis_word(const T& from)
    {
        if constexpr (std::convertible_to<const T&, std::string_view>)
            text_ = from;
        else
            size_ = static_cast<std::size_t>(std::to_chars(digits_.data(), digits_.data() + digits_.size(), from).ptr
                                             - digits_.data());
    }

    [[nodiscard]] std::string_view text() const noexcept
    {
        return size_ == 0 ? text_ : std::string_view{digits_.data(), size_};
    }

private:
    std::string_view text_;
    std::array<char, 48> digits_; // NOLINT(cppcoreguidelines-pro-type-member-init): as many as size_ says
    std::size_t size_ = 0;
};

/// Commands as they are sent, each word with its length in front of it, so that it may hold any bytes.
class redis_request {
public:
    redis_request() = default;
    redis_request(std::initializer_list<std::string_view> words) { add({words.begin(), words.size()}); }

    /// One more command: its name and its arguments.
    void add(std::span<const std::string_view> words);
    /// All commands of another one.
    void add(const redis_request& others);
    void clear() noexcept;

    /// How many commands.
    [[nodiscard]] std::size_t size() const noexcept { return begins_.size(); }
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
    /// Where a command ends in `bytes()`.
    [[nodiscard]] std::size_t end_of(std::size_t command) const noexcept
    {
        return command + 1 < size() ? begins_[command + 1] : bytes_.size();
    }
    /// The words of a command, no more of them than `most`.
    [[nodiscard]] std::vector<std::string_view> words(std::size_t command,
                                                      std::size_t most = static_cast<std::size_t>(-1)) const;
    /// The name of a command, in capitals; of what cannot be one, such as a whole line, nothing is shown.
    [[nodiscard]] std::string name(std::size_t command) const;

private:
    std::string bytes_;
    std::vector<std::size_t> begins_;
};

} // namespace detail

} // namespace steward::inline v0::adapters
