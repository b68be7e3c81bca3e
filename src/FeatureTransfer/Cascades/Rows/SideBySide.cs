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
    private const string Kept = "FeatureTransfer.Kept.";

    /// <summary>The column with the scores of a model.</summary>
    /// <param name="model">Its place, from 0.</param>
    public static string Score(int model) => string.Create(CultureInfo.InvariantCulture, $"FeatureTransfer.Score{model}");

    /// <summary>Where a model is among the parts.</summary>
    /// <param name="model">Its place, from 0.</param>
    public static int PlaceOf(int model) => 1 + (2 * model);

    /// <summary>The parts: the models, and what stands between them.</summary>
    /// <param name="models">The models.</param>
    /// <param name="schema">The rows' columns.</param>
    public static List<ITransformer> Join(IReadOnlyList<ITransformer> models, DataViewSchema schema)
    {
        var transforms = new MLContext().Transforms;
        string[] names = [.. schema.Where(column => !column.IsHidden).Select(column => column.Name)];
        string[] replaced = [.. models.SelectMany(model => Replaced(model, schema)).Distinct(StringComparer.Ordinal).Intersect(names, StringComparer.Ordinal)];
        var known = names.Concat(replaced.Select(name => Kept + name)).ToHashSet(StringComparer.Ordinal);
        List<ITransformer> parts = [];
        Append(parts, schema, [.. replaced.Select(name => transforms.CopyColumns(Kept + name, name))]);
        for (var i = 0; i < models.Count; i++)
        {
            parts.Add(models[i]);
            known.Add(Score(i));
            var after = Schema(parts, schema);
            string[] added = [.. after.Where(column => !column.IsHidden && !known.Contains(column.Name)).Select(column => column.Name).Distinct(StringComparer.Ordinal)];
            var isLast = i == models.Count - 1;
            Append(parts, schema, [
                transforms.CopyColumns(Score(i), Columns.Score),
                .. added is [] ? (IEstimator<ITransformer>[])[] : [transforms.DropColumns(added)],
                .. replaced.Select(name => transforms.CopyColumns(name, Kept + name)),
                .. isLast && replaced is not [] ? (IEstimator<ITransformer>[])[transforms.DropColumns([.. replaced.Select(name => Kept + name)])] : [],
            ]);
        }

        return parts;
    }

    /// <summary>The columns behind parts.</summary>
    public static DataViewSchema Schema(IEnumerable<ITransformer> parts, DataViewSchema schema) => parts.Aggregate(schema, (before, part) => part.GetOutputSchema(before));

    /// <summary>Adds a part that is made of estimators which learn nothing.</summary>
    public static void Append(List<ITransformer> parts, DataViewSchema schema, IReadOnlyList<IEstimator<ITransformer>> estimators) =>
        parts.Add(estimators.Aggregate(new EstimatorChain<ITransformer>(), (chain, estimator) => chain.Append(estimator)).Fit(new SchemaOnly(Schema(parts, schema))));

    // A transformer that replaces a column leaves the old one hidden behind the new.
    private static HashSet<string> Replaced(ITransformer model, DataViewSchema schema)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        ModelChain.Map(model, (part, _) =>
        {
            schema = part.GetOutputSchema(schema);
            replaced.UnionWith(schema.Where(column => column.IsHidden).Select(column => column.Name));
            return part;
        });
        return replaced;
    }
}
