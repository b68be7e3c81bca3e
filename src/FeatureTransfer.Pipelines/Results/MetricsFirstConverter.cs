using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines.Results;

/// <summary>Writes an object with its metrics as members of its own, before the others.</summary>
internal abstract class MetricsFirstConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeof(T).Name} is written for others to read.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        MetricSetConverter.WriteMembers(writer, MetricsOf(value));
        foreach (var (name, member) in Members(value).Where(member => member.Value is not null))
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, member, member!.GetType(), options);
        }

        writer.WriteEndObject();
    }

    protected abstract MetricSet MetricsOf(T value);

    /// <summary>The other members; one that is null is left out.</summary>
    protected abstract IEnumerable<(string Name, object? Value)> Members(T value);
}

/// <summary>Writes the result of an evaluation.</summary>
internal sealed class EvaluationResultConverter : MetricsFirstConverter<EvaluationResult>
{
    protected override MetricSet MetricsOf(EvaluationResult value) => value.Metrics;

    protected override IEnumerable<(string Name, object? Value)> Members(EvaluationResult value)
    {
        var classes = value.Labels.Count > 0;
        return
        [
            ("task", JsonNamingPolicy.CamelCase.ConvertName(value.Task.ToString())),
            ("labels", classes ? value.Labels : null),
            ("confusionCounts", value.ConfusionCounts.Count > 0 ? value.ConfusionCounts : null),
            ("perClass", value.PerClass.Count > 0 ? value.PerClass : null),
            ("binary", value.Binary),
            ("regression", value.Regression),
            ("multiLabel", value.MultiLabel),
            ("slices", value.Slices.Count > 0 ? value.Slices : null),
            ("limits", value.Limits),
            ("predictions", value.Predictions.Count > 0 ? value.Predictions : null),
        ];
    }
}

/// <summary>Writes the result of a fold.</summary>
internal sealed class FoldResultConverter : MetricsFirstConverter<FoldResult>
{
    protected override MetricSet MetricsOf(FoldResult value) => value.Metrics;

    protected override IEnumerable<(string Name, object? Value)> Members(FoldResult value) =>
        [("repeat", value.Repeat), ("fold", value.Fold), ("trainRows", value.TrainRows), ("testRows", value.TestRows)];
}
