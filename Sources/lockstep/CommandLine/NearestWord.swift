/// The word that was probably meant.
enum NearestWord {
    /// The one word that begins with what was typed, else the one that the fewest slips lead to.
    ///
    /// Of equals the first; nil when nothing is near.
    static func to(_ typed: String, in words: [String]) -> String? {
        let beginning = words.filter { $0.hasPrefix(typed) }
        if typed.count > 1, beginning.count == 1 { return beginning.first }
        var best: (word: String, slips: Int)?
        for word in words {
            let slips = slips(Array(typed.lowercased()), Array(word.lowercased()))
            let few = max(1, min(3, word.count / 3))
            if slips <= few, slips < (best?.slips ?? Int.max) { best = (word, slips) }
        }
        return best?.word
    }

    /// Letters added, left out, changed, or swapped with their neighbour (optimal string alignment).
    private static func slips(_ left: [Character], _ right: [Character]) -> Int {
        if left.count > 100 { return Int.max }
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let same = left[row] == right[column]
                var least = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            before = last
            last = current
        }
        return last[right.count]
    }
}
