namespace FeatureTransfer.Cascades;

/// <summary>Chooses the confidences of a gate.</summary>
internal static class GateThresholds
{
    /// <summary>A confidence that no model has.</summary>
    public const double Never = 2;

    private const double Rounding = 1e-9;

    /// <summary>
    /// The lowest confidence of the cheap model at which the gate is as accurate as is wanted: the fewest rows then go to the costly one.
    /// </summary>
    /// <param name="confidences">The cheap model's confidence in each row.</param>
    /// <param name="cheapIsRight">Whether the cheap model is right about it.</param>
    /// <param name="costlyIsRight">Whether the costly model is.</param>
    /// <param name="loss">How much less accurate than the costly model the gate may be.</param>
    /// <param name="accuracy">How accurate the cheap model's answers must be at least.</param>
    public static double Cheap(IReadOnlyList<double> confidences, IReadOnlyList<bool> cheapIsRight, IReadOnlyList<bool> costlyIsRight, double loss, double accuracy)
    {
        var order = Descending(confidences);
        var (right, lost, threshold) = (0, 0, Never);
        for (var i = 0; i < order.Count; i++)
        {
            right += cheapIsRight[order[i]] ? 1 : 0;
            lost += (costlyIsRight[order[i]] ? 1 : 0) - (cheapIsRight[order[i]] ? 1 : 0);
            if (lost <= (loss * order.Count) + Rounding && right >= (accuracy * (i + 1)) - Rounding && IsLastOfItsConfidence(confidences, order, i))
                threshold = confidences[order[i]];
        }

        return threshold;
    }

    /// <summary>The lowest confidence of the costly model at which the rows that are answered are as accurate as wanted: the fewest are then left to a person.</summary>
    /// <param name="confidences">The costly model's confidence in each row that goes to it.</param>
    /// <param name="isRight">Whether it is right about it.</param>
    /// <param name="rows">How many rows the cheap model answers.</param>
    /// <param name="rightRows">About how many of these it is right.</param>
    /// <param name="accuracy">The accuracy that is wanted.</param>
    public static double Costly(IReadOnlyList<double> confidences, IReadOnlyList<bool> isRight, int rows, int rightRows, double accuracy)
    {
        var order = Descending(confidences);
        var threshold = Never;
        for (var i = 0; i < order.Count; i++)
        {
            rightRows += isRight[order[i]] ? 1 : 0;
            if (rightRows >= (accuracy * (rows + i + 1)) - Rounding && IsLastOfItsConfidence(confidences, order, i))
                threshold = confidences[order[i]];
        }

        return threshold;
    }

    private static List<int> Descending(IReadOnlyList<double> confidences) => [.. Enumerable.Range(0, confidences.Count).OrderByDescending(row => confidences[row])];

    private static bool IsLastOfItsConfidence(IReadOnlyList<double> confidences, List<int> order, int i) =>
        i == order.Count - 1 || confidences[order[i + 1]] < confidences[order[i]];
}
