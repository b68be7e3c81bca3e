using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace FeatureTransfer.FineTuning;

/// <summary>Turns what a network gives into the columns that ML.NET's trainers give.</summary>
internal static class ScoreMapping
{
    /// <summary>The column that the network's output lies in, before and after.</summary>
    public const string Score = "Score";

    /// <summary>The transformer behind the network.</summary>
    public static ITransformer Create(TuningLayout layout)
    {
        var transforms = new MLContext().Transforms;
        return layout.Task switch
        {
            FineTuneTask.Multiclass => transforms.CustomMapping<RawRow, ClassRow>(Classes, null, null, ClassSchema(layout.Labels)).Fit(Empty()),
            FineTuneTask.Binary => transforms.CustomMapping<RawRow, YesNoRow>((row, score) => YesNo(row.Score, score), null).Fit(Empty()),
            FineTuneTask.MultiLabel => transforms.CustomMapping<RawRow, SeveralRow>(Several, null, null, SeveralSchema(layout.Labels)).Fit(Empty()),
            _ => transforms.CustomMapping<RawRow, NumberRow>((row, score) => score.Score = row.Score[0], null).Fit(Empty()),
        };
    }

    /// <summary>The columns for several labels a row, which no trainer of ML.NET's gives.</summary>
    public static IEnumerable<SchemaShape.Column> SeveralShape() =>
        new MLContext().Transforms.CustomMapping<EmptyRow, SeveralRow>((_, _) => { }, null, null, SeveralSchema([""])).GetOutputSchema(new SchemaShape([]));

    /// <summary>The place of the best class.</summary>
    public static int BestOf(float[] scores) => TensorPrimitives.IndexOfMax<float>(scores);

    /// <summary>Yes or no by the probabilities of both; the score is the logit, as logistic regression gives it.</summary>
    public static void YesNo(float[] probabilities, YesNoRow score)
    {
        score.Probability = probabilities[1];
        var probability = Math.Clamp(probabilities[1], 1e-7, 1 - 1e-7);
        score.Score = (float)Math.Log(probability / (1 - probability));
        score.PredictedLabel = probabilities[1] > 0.5f;
    }

    private static void Classes(RawRow row, ClassRow score)
    {
        score.Score = row.Score;

        // ML.NET counts the keys of a program's own rows from 0, and adds the 1 that keys begin with.
        score.PredictedLabel = (uint)BestOf(row.Score);
    }


    private static void Several(RawRow row, SeveralRow score)
    {
        score.Score = row.Score;
        score.PredictedLabel = Array.ConvertAll(row.Score, probability => probability > 0.5f);
    }

    private static SchemaDefinition ClassSchema(IReadOnlyList<string> labels)
    {
        var schema = SchemaDefinition.Create(typeof(ClassRow));
        schema[nameof(ClassRow.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, labels.Count);
        Annotate(schema[nameof(ClassRow.Score)], "SlotNames", labels);
        schema[nameof(ClassRow.PredictedLabel)].ColumnType = new KeyDataViewType(typeof(uint), labels.Count);
        Annotate(schema[nameof(ClassRow.PredictedLabel)], "KeyValues", labels);
        return schema;
    }

    private static SchemaDefinition SeveralSchema(IReadOnlyList<string> labels)
    {
        var schema = SchemaDefinition.Create(typeof(SeveralRow));
        schema[nameof(SeveralRow.Score)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, labels.Count);
        schema[nameof(SeveralRow.PredictedLabel)].ColumnType = new VectorDataViewType(BooleanDataViewType.Instance, labels.Count);
        Annotate(schema[nameof(SeveralRow.Score)], "SlotNames", labels);
        Annotate(schema[nameof(SeveralRow.PredictedLabel)], "SlotNames", labels);
        return schema;
    }

    private static void Annotate(SchemaDefinition.Column column, string kind, IReadOnlyList<string> names) =>
        column.AddAnnotation(kind, new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, names.Count));

    private static IDataView Empty() => new MLContext().Data.LoadFromEnumerable(Array.Empty<RawRow>());

    private sealed class EmptyRow;

    private sealed class RawRow
    {
        [VectorType(1)]
        public float[] Score { get; set; } = [];
    }

    private sealed class ClassRow
    {
        [VectorType(1)]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class SeveralRow
    {
        [VectorType(1)]
        public float[] Score { get; set; } = [];

        [VectorType(1)]
        public bool[] PredictedLabel { get; set; } = [];
    }
}
