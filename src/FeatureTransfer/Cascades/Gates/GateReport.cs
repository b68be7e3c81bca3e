using System.Text.Json.Serialization;

namespace FeatureTransfer.Cascades;

/// <summary>What a gate does on the validation rows by which its thresholds were chosen, so all accuracies are a little too good.</summary>
public sealed record GateReport
{
    /// <summary>How many rows that are.</summary>
    public required int ValidationRows { get; init; }

    /// <summary>The share of the rows that the cheap model answers.</summary>
    public required double CheapShare { get; init; }

    /// <summary>The share of the rows that are left for a person; the rest are answered by the costly model.</summary>
    public required double AskedShare { get; init; }

    /// <summary>The accuracy of the cheap model alone.</summary>
    public required double CheapAccuracy { get; init; }

    /// <summary>The accuracy of the costly model alone.</summary>
    public required double CostlyAccuracy { get; init; }

    /// <summary>The accuracy of the gate on the rows that it answers; not a number where it answers none.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required double Accuracy { get; init; }

    /// <summary>The confidence from which on the cheap model answers; above 1 it never does.</summary>
    public required double CheapThreshold { get; init; }

    /// <summary>The confidence from which on the costly model answers; 0 where nobody is asked, above 1 where it never does.</summary>
    public required double CostlyThreshold { get; init; }

    /// <summary>The temperature of the cheap model: above 1 it was too sure of itself.</summary>
    public required double CheapTemperature { get; init; }

    /// <summary>The temperature of the costly model.</summary>
    public required double CostlyTemperature { get; init; }

    /// <summary>How long the cheap model took for a row; null where it was not measured, see <see cref="GateOptions.TimedRows"/>.</summary>
    public TimeSpan? CheapTimePerRow { get; init; }

    /// <summary>How long the costly model took for a row; null where it was not measured.</summary>
    public TimeSpan? CostlyTimePerRow { get; init; }

    /// <summary>The time that the gate takes as a share of the costly model's; null where it was not measured.</summary>
    public double? TimeShare => CheapTimePerRow / CostlyTimePerRow + (1 - CheapShare);
}
