/// All that a process would do and all that it would leave, made before anything is written.
///
/// The preview, `--dry-run`, `--ldif` and the journal are this one value, shown in different ways.
package struct Plan: Equatable, Sendable {
    package let steps: [PlannedStep]
    package let unchanged: [Finding]
    package let remaining: [Finding]

    package init(steps: [PlannedStep], unchanged: [Finding], remaining: [Finding]) {
        self.steps = steps
        self.unchanged = unchanged
        self.remaining = remaining
    }
}
