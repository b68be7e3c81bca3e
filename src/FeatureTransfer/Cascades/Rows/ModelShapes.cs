namespace FeatureTransfer.Cascades;

/// <summary>Checks before any row is read that models fit together.</summary>
internal static class ModelShapes
{
    /// <summary>Checks that there is a label, and that it is a key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    public static void CheckLabel(SchemaShape schema, string label)
    {
        var names = schema.Select(column => column.Name).ToList();
        if (!names.Contains(label))
            throw new ArgumentOutOfRangeException(nameof(schema), $"There is no column '{label}' for the label.{NearestName.Hint(label, names)} The columns are {string.Join(", ", names)}.");
        if (!schema.First(column => column.Name == label).IsKey)
            throw new ArgumentOutOfRangeException(nameof(schema), $"The label '{label}' is no key. Map it with MapValueToKey before the models.");
    }

    /// <summary>The columns with a model's answers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">The columns that it reads.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It gives no answers of a multiclass trainer.</exception>
    public static IReadOnlyList<SchemaShape.Column> Answers(IEstimator<ITransformer> model, SchemaShape schema, string name)
    {
        var given = model.GetOutputSchema(schema).ToList();
        var answers = given.Where(column => column.Name is Columns.Score or Columns.PredictedLabel).ToList();
        return answers.Any(column => column is { Name: Columns.Score, Kind: SchemaShape.Column.VectorKind.Vector }) && answers.Any(column => column is { Name: Columns.PredictedLabel, IsKey: true })
            ? answers
            : throw new ArgumentOutOfRangeException(
                nameof(schema), $"The {name} gives {string.Join(", ", given.Select(column => column.Name))}. Expected a chain that ends in a multiclass trainer: Score, a vector, and PredictedLabel, a key.");
    }

    /// <summary>A schema with other columns, in the place of those of the same names.</summary>
    public static SchemaShape Add(SchemaShape schema, IReadOnlyList<SchemaShape.Column> added) =>
        new(schema.Where(column => added.All(other => other.Name != column.Name)).Concat(added));
}
