/// When, and of how many users, a search looks at the first ones before it asks the whole index.
package struct WordSampling: Sendable {
    /// Of fewer users than this the whole index tells as fast.
    let least: Int64
    /// How many users are looked at at once.
    let size: Int64
    /// How many times as many are looked at for the words that the whole index was not asked for.
    let rounds: Int64

    /// The values for a million users; others are for tests.
    package init(least: Int64 = 20_000, size: Int64 = 500, rounds: Int64 = 4) {
        self.least = least
        self.size = size
        self.rounds = rounds
    }
}
