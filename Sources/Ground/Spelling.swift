/// Which of the known words somebody meant.
package enum Spelling {
    /// The nearest of `words`, in any case, or nil where none is near: more than a third differs.
    ///
    /// Numbers are never near.
    package static func nearest(to word: String, in words: [String]) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
        guard wanted.count > 1, wanted.contains(where: \.properties.isAlphabetic) else {
            return nil
        }
        var best: (word: String, distance: Int)?
        for candidate in words {
            let other = Array(candidate.lowercased().unicodeScalars)
            let allowed = max(1, min(wanted.count, other.count) / 3)
            guard abs(other.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, other)
            if distance <= allowed, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// The slips between two words: a letter added, left out, changed, or swapped with its neighbour.
    ///
    /// Optimal string alignment: what was swapped is not changed again.
    package static func distance<Letter: Equatable>(_ left: [Letter], _ right: [Letter]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1)
                cost = min(cost, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = last
            last = current
        }
        return last[right.count]
    }
}
