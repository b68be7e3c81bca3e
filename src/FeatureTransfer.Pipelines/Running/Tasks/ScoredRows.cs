using FeatureTransfer.Cascades;
using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines.Data;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>What a model says of one row.</summary>
/// <param name="Scores">One score a label; a single one in a task with two answers, and where the answer is a number.</param>
/// <param name="Probability">The probability that the row is positive; null where the trainer gives none, and in other tasks.</param>
internal readonly record struct RowScore(float[] Scores, float? Probability = null)
{
    /// <summary>Whether a gate's costly chain answered; null where the model is no gate.</summary>
    public bool? IsCostly { get; init; }

    /// <summary>Whether a gate leaves the row to a person.</summary>
    public bool IsAsked { get; init; }

    /// <summary>How unlike the rows that taught the model it is, by the column that was asked for; null where none was.</summary>
    public float? Novelty { get; init; }

    /// <summary>The features that were asked for; null where none were.</summary>
    public float[]? Features { get; init; }

    /// <summary>The scores as probabilities; some trainers give margins.</summary>
    public float[] Probabilities
    {
        get
        {
            if (Scores.All(score => score >= 0) && Math.Abs(Scores.Sum() - 1) < 1e-3)
                return Scores;
            var result = new float[Scores.Length];
            System.Numerics.Tensors.TensorPrimitives.SoftMax(Scores, result);
            return result;
        }
    }

    /// <summary>The scores of the classes; of a single score, which is a logit, first the negative one's.</summary>
    public float[] ClassScores => Scores.Length > 1 ? Scores : [0, Scores[0]];

    /// <summary>The same with the probabilities of a temperature.</summary>
    public RowScore At(TemperatureScaling temperature) => temperature.Apply(ClassScores) is var calibrated && Scores.Length > 1
        ? this with { Scores = calibrated }
        : this with { Probability = calibrated[1] };

    /// <summary>What a task with two answers decides by, more being more likely positive.</summary>
    public float Decision => Probability ?? Scores[0];
}

/// <summary>What a model says of rows, with the labels that it names, in the order of the scores; of a single score there are none.</summary>
internal sealed record ScoredRows(IReadOnlyList<string> Labels, IReadOnlyList<RowScore> Rows)
{
    /// <summary>The same with the probabilities of a temperature; null leaves them as they are.</summary>
    public ScoredRows At(TemperatureScaling? temperature) => temperature is null ? this : this with { Rows = [.. Rows.Select(row => row.At(temperature))] };

    /// <summary>Where the rows lie in the <see cref="SourceRows.Numbered"/> table that was asked about; null where it was not numbered, or a step has dropped the numbers.</summary>
    public IReadOnlyList<int>? Places { get; private init; }

    /// <summary>The features of some of the rows, with their positions; empty where none were asked for, or the chain has no column <c>Features</c>.</summary>
    public IReadOnlyList<(int Row, float[] Features)> Sample { get; private init; } = [];

    /// <summary>The longest vectors of features that are kept: longer ones are counts of words or whole images, and too many.</summary>
    public const int LongestFeatures = 8192;
    private const string NoTrainer = "The chain gives no column 'Score'. End it with a trainer, such as LbfgsMaximumEntropy.";

    /// <summary>Reads the columns that ML.NET's trainers give.</summary>
    /// <param name="scored">What a model gives for rows.</param>
    /// <param name="every">Of how many rows the features of one are kept too. Default 0: of none.</param>
    /// <param name="novelty">The column of <see cref="RowScore.Novelty"/>. Default null: none.</param>
    /// <param name="all">The column of <see cref="RowScore.Features"/>. Default null: none.</param>
    /// <exception cref="FeatureTransferException">There are none, or their scores name no labels.</exception>
    public static ScoredRows Of(IDataView scored, int every = 0, string? novelty = null, string? all = null)
    {
        var score = scored.Schema.GetColumnOrNull("Score") ?? throw new FeatureTransferException(NoTrainer);
        var probability = scored.Schema.GetColumnOrNull("Probability");
        var labels = LabelsOf(score);
        var features = every > 0 && scored.Schema.GetColumnOrNull("Features") is { Type: VectorDataViewType { Size: > 1 and <= LongestFeatures, ItemType: NumberDataViewType { RawType: var type } } } vectors && type == typeof(float) ? vectors : (DataViewSchema.Column?)null;
        var number = scored.Schema.GetColumnOrNull(SourceRows.Place);
        using var cursor = scored.GetRowCursor(new[] { score, probability, number, features, Column(scored.Schema, novelty), all is null ? null : scored.Schema[all], Flag(scored.Schema, GateTransformer.CostlyColumn), Flag(scored.Schema, GateTransformer.AskedColumn) }.OfType<DataViewSchema.Column>());
        var (read, place) = (Reader(cursor, novelty, all), number is { } column ? cursor.GetGetter<float>(column) : null);
        var feature = features is { } known ? Scores(cursor, known) : null;
        var (rows, places, sample) = (new List<RowScore>(), new List<int>(), new List<(int, float[])>());
        var value = 0f;
        while (cursor.MoveNext())
        {
            if (feature is not null && rows.Count % every == 0)
                sample.Add((rows.Count, feature()));
            rows.Add(read());
            place?.Invoke(ref value);
            places.Add((int)value);
        }

        return new ScoredRows(labels, rows) { Places = number is null ? null : places, Sample = sample };
    }

    /// <summary>A reader of the scores of a row that has the columns of a trainer, and those of <see cref="RowScore.Novelty"/> and <see cref="RowScore.Features"/> where they are named.</summary>
    public static Func<RowScore> Reader(DataViewRow row, string? novelty = null, string? features = null)
    {
        var read = Judged(row, novelty);
        if (features is null)
            return read;
        var values = Scores(row, row.Schema[features]);
        return () => read() with { Features = values() };
    }

    private static Func<RowScore> Judged(DataViewRow row, string? novelty)
    {
        if (Column(row.Schema, novelty) is { } column)
        {
            var (answer, values) = (Answers(row), Scores(row, column));
            var isLogits = column.Type is VectorDataViewType { Size: > 1 };
            return () => answer() with { Novelty = isLogits ? (float)EnergyScore.Of(values()) : values()[0] };
        }

        return Answers(row);
    }

    private static Func<RowScore> Answers(DataViewRow row)
    {
        var scores = Scores(row, row.Schema["Score"]);
        if (Flag(row.Schema, GateTransformer.CostlyColumn) is { } costly && Flag(row.Schema, GateTransformer.AskedColumn) is { } asked)
            return Gated(scores, row.GetGetter<bool>(costly), row.GetGetter<bool>(asked));
        if (row.Schema.GetColumnOrNull("Probability") is not { Type: NumberDataViewType } column)
            return () => new RowScore(scores());
        var getter = row.GetGetter<float>(column);
        var probability = 0f;
        return () =>
        {
            getter(ref probability);
            return new RowScore(scores(), probability);
        };
    }

    private static Func<RowScore> Gated(Func<float[]> scores, ValueGetter<bool> costly, ValueGetter<bool> asked) => () =>
    {
        bool isCostly = false, isAsked = false;
        costly(ref isCostly);
        asked(ref isAsked);
        return new RowScore(scores()) { IsCostly = isCostly, IsAsked = isAsked };
    };

    private static DataViewSchema.Column? Column(DataViewSchema schema, string? name) => name is null ? null : schema.GetColumnOrNull(name) switch
    {
        { Type: VectorDataViewType { ItemType: NumberDataViewType { RawType: var item } } } column when item == typeof(float) => column,
        { Type: NumberDataViewType { RawType: var number } } column when number == typeof(float) => column,
        { } other => throw new FeatureTransferException($"evaluation.unknown.column: the column '{name}' is {other.Type}. Expected logits or one number: a vector of floats, or a float."),
        null => throw new FeatureTransferException($"evaluation.unknown.column: the chain gives no column '{name}'. Name the logitsColumn of the trainer, or the output of ClassDistance."),
    };

    private static DataViewSchema.Column? Flag(DataViewSchema schema, string name) => schema.GetColumnOrNull(name) is { Type: BooleanDataViewType } column ? column : null;

    private static Func<float[]> Scores(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            var vector = row.GetGetter<VBuffer<float>>(column);
            VBuffer<float> values = default;
            return () =>
            {
                vector(ref values);
                return [.. values.DenseValues()];
            };
        }

        var number = row.GetGetter<float>(column);
        var value = 0f;
        return () =>
        {
            number(ref value);
            return [value];
        };
    }

    private static IReadOnlyList<string> LabelsOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (!column.HasSlotNames())
            throw new FeatureTransferException("The column 'Score' names no labels. Map the label with MapValueToKey before the trainer.");
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
