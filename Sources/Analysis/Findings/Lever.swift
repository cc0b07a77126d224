/// Which part of the bill a finding pulls on; it decides how savings on one call add up.
///
/// Findings on the same lever are ways to the same money: of a call's savings by them the largest counts. Findings on
/// different levers work on what the others leave: a call that costs half on another model, and half of which was
/// carried for nothing, costs a quarter.
package enum Lever: UInt8, Sendable, CaseIterable {
    /// Which model serves the call.
    case model
    /// How the prompt was cached.
    case cache
    /// What the prompt carried.
    case context
    /// Whether the call was needed at all.
    case call
    /// How the call was served: batch, long-context tier.
    case rate
    /// How long the model thought.
    case effort
}
