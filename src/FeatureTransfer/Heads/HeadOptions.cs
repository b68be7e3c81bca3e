using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>What all classifiers over a vector of features have in common: the columns.</summary>
public abstract record HeadOptions
{
    private protected HeadOptions()
    {
    }

    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features: a vector of floats of one length. Default <c>Features</c>.</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>A column that is added with the logits, whose softmax <c>Score</c> is; null, the default, is none. <see cref="EnergyScore"/> wants them.</summary>
    public string? LogitsColumnName { get; init; }

    /// <summary>How many parts of the training rows judge a temperature in turn; 0 is no temperature.</summary>
    internal virtual int CalibrationFolds => 0;

    /// <summary>The seed of what is random.</summary>
    internal virtual int RandomSeed => 0;

    /// <summary>Whether rows without a label are learned from too.</summary>
    internal virtual bool ReadsUnlabelled => false;

    /// <summary>The column that says the domain of each row, and what it says of the source; null where domains do not count.</summary>
    internal virtual (string Column, string Source)? Domains => null;

    /// <summary>What is out of range beside the columns.</summary>
    internal IEnumerable<string> OwnFaults => Faults();

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range; the message names all of them.</exception>
    internal void Validate()
    {
        List<string> faults = [.. Faults()];
        string[] columns = [LabelColumnName, FeatureColumnName, LogitsColumnName ?? "Score"];
        if (columns.Any(string.IsNullOrWhiteSpace))
            faults.Add("a column's name is empty");
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length || LogitsColumnName is "Score" or "PredictedLabel")
            faults.Add($"the columns are {string.Join(", ", columns)}; expected different ones, and neither Score nor PredictedLabel");
        if (faults.Count > 0)
            throw new ArgumentException($"{GetType().Name}: {string.Join("; ", faults)}.");
    }

    /// <summary>The columns behind the classifier: those of ML.NET's own trainers, which are asked for them.</summary>
    internal SchemaShape Shape(SchemaShape input)
    {
        if (Domains is { Column: var domain } && input.FirstOrDefault(column => column.Name == domain).ItemType is not TextDataViewType)
            throw new ArgumentOutOfRangeException(nameof(input), $"{GetType().Name}: there is no column '{domain}' of text.{NearestName.Hint(domain, [.. input.Select(column => column.Name)])} The columns are {string.Join(", ", input.Select(column => column.Name))}.");
        var shape = new MLContext().MulticlassClassification.Trainers.LbfgsMaximumEntropy(LabelColumnName, FeatureColumnName).GetOutputSchema(input);
        return LogitsColumnName is { } logits
            ? new SchemaShape(shape.Where(column => column.Name != logits).Append(SchemaColumns.FloatVector(logits, new VectorDataViewType(NumberDataViewType.Single, 1))))
            : shape;
    }

    /// <summary>Learns from rows.</summary>
    /// <param name="rows">Rows of two or more classes.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal abstract HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation);

    /// <summary>Learns from all that is read, rows without a label and domains among it.</summary>
    /// <param name="rows">What was read.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal virtual HeadDecision Learn(HeadRows rows, CancellationToken cancellation) => Learn(rows.Features, cancellation);

    /// <summary>The same with a seed, where anything is random.</summary>
    internal virtual HeadOptions Seeded(int seed) => this;

    /// <summary>What is out of range.</summary>
    private protected abstract IEnumerable<string> Faults();

    /// <summary>A fault where a number is not above 0 or not finite.</summary>
    private protected static IEnumerable<string> NotPositive(string name, double value) =>
        double.IsFinite(value) && value > 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; expected a finite number above 0")];

    /// <summary>A fault where a count is too small.</summary>
    private protected static IEnumerable<string> Below(string name, int value, int least) => value >= least ? [] : [$"{name} is {value}; expected {least} or more"];
}
