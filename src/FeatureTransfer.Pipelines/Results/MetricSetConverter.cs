using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>Metrics as one object of JSON.</summary>
internal sealed class MetricSetConverter : JsonConverter<MetricSet>
{
    private static readonly string[] _lowerIsBetter = ["logLoss", "hammingLoss", "meanAbsoluteError", "meanSquaredError", "rootMeanSquaredError"];

    public override MetricSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("Metrics are an object of numbers.");
        return [.. json.Where(member => member.Value is not null).Select(member => Metric(member.Key, member.Value!.GetValue<double>()))];
    }

    public override void Write(Utf8JsonWriter writer, MetricSet value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteMembers(writer, value);
        writer.WriteEndObject();
    }

    /// <summary>A metric of ours; its name says whether more of it is better.</summary>
    public static MetricValue Metric(string name, double value) => new(name, value, !_lowerIsBetter.Contains(name));

    /// <summary>Writes metrics into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, MetricSet value)
    {
        foreach (var metric in value)
        {
            if (double.IsFinite(metric.Value))
                writer.WriteNumber(metric.Name, metric.Value);
            else
                writer.WriteNull(metric.Name);
        }
    }
}
