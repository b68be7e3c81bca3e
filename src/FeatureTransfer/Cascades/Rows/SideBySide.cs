using FeatureTransfer.Models;
using FeatureTransfer.Schema;
using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>
/// Several models one after another, each on the rows as they were before the first: what a model adds or replaces is taken back behind it, but
/// for its scores. All between the models are built-in transformers, which model files hold.
/// </summary>
internal static class SideBySide
{
    /// <summary>Where a model is among the parts.</summary>
    /// <param name="model">Its place, from 0.</param>
    public static int PlaceOf(int model) => 1 + (2 * model);

    /// <summary>The parts: the models, and what stands between them; and the columns with the scores of each model.</summary>
    /// <param name="models">The models.</param>
    /// <param name="schema">The rows' columns.</param>
    public static (List<ITransformer> Parts, string[] Scores) Join(IReadOnlyList<ITransformer> models, DataViewSchema schema)
    {
        var transforms = new MLContext().Transforms;
        var (replaced, prefix) = Look(models, schema);
        string[] scores = [.. models.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}Score{i}"))], kept = [.. replaced.Select(name => $"{prefix}Kept.{name}")];
        var known = schema.Select(column => column.Name).Concat(kept).Concat(scores).ToHashSet(StringComparer.Ordinal);
        List<ITransformer> parts = [];
        Append(parts, schema, [.. replaced.Zip(kept, (name, copy) => transforms.CopyColumns(copy, name))]);
        for (var i = 0; i < models.Count; i++)
        {
            parts.Add(models[i]);
            string[] added = [.. Schema(parts, schema).Select(column => column.Name).Where(name => !known.Contains(name)).Distinct(StringComparer.Ordinal), .. i == models.Count - 1 ? kept : []];
            Append(parts, schema, [
                transforms.CopyColumns(scores[i], Columns.Score),
                .. replaced.Zip(kept, (name, copy) => transforms.CopyColumns(name, copy)),
                .. added is [] ? (IEstimator<ITransformer>[])[] : [transforms.DropColumns(added)],
            ]);
        }

        return (parts, scores);
    }

    /// <summary>The columns behind parts.</summary>
    public static DataViewSchema Schema(IEnumerable<ITransformer> parts, DataViewSchema schema) => parts.Aggregate(schema, (before, part) => part.GetOutputSchema(before));

    /// <summary>Adds a part that is made of estimators which learn nothing.</summary>
    public static void Append(List<ITransformer> parts, DataViewSchema schema, IReadOnlyList<IEstimator<ITransformer>> estimators) =>
        parts.Add(estimators.Aggregate(new EstimatorChain<ITransformer>(), (chain, estimator) => chain.Append(estimator)).Fit(new SchemaOnly(Schema(parts, schema))));

    // A transformer that replaces a column leaves the old one hidden behind the new. The prefix is one that no model uses: they may be joined ones.
    private static (string[] Replaced, string Prefix) Look(IReadOnlyList<ITransformer> models, DataViewSchema schema)
    {
        var (replaced, used) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var model in models)
        {
            var before = schema;
            ModelChain.Map(model, (part, _) =>
            {
                var after = part.GetOutputSchema(before);
                used.UnionWith(after.Select(column => column.Name));
                replaced.UnionWith(Hidden(after).Except(Hidden(before)).Select(column => column.Name));
                before = after;
                return part;
            });
        }

        var prefixes = Enumerable.Range(1, int.MaxValue).Select(number => string.Create(CultureInfo.InvariantCulture, $"FeatureTransfer.{number}."));
        return (
            [.. schema.Where(column => !column.IsHidden && replaced.Contains(column.Name)).Select(column => column.Name)],
            prefixes.First(prefix => !used.Any(name => name.StartsWith(prefix, StringComparison.Ordinal))));
    }

    // With how many columns of one name are hidden.
    private static IEnumerable<(string Name, int Number)> Hidden(DataViewSchema schema) =>
        schema.Where(column => column.IsHidden).GroupBy(column => column.Name, StringComparer.Ordinal).SelectMany(group => group.Select((_, number) => (group.Key, number)));
}
