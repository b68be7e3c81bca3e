using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes what features tell of columns, a line a chain.</summary>
internal static class ProbeText
{
    public static IEnumerable<string> Lines(ProbeReport probe) => probe.Candidates.Select((chain, place) => string.Concat(
        Text($"{(place == 0 ? $"{probe.Column} from the features {chain.Name}" : $"with {chain.Name}")}: a linear probe tells {MetricText.Value(chain.Told)}{MetricText.Brackets(chain.ToldInterval)} of the rows"),
        place == 0 ? Text($", {MetricText.Value(probe.Chance)} by chance") : "",
        chain.Accuracy is { } accuracy ? Text($"; accuracy {MetricText.Value(accuracy)}") : "",
        chain.Lowest is { } lowest ? Text($", lowest {MetricText.Value(lowest.Accuracy)} for '{lowest.Name}'") : ""));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
