namespace Microsoft.ML.Trainers;

/// <summary>Base of the trainers that may rank rows within groups.</summary>
public abstract class TrainerEstimatorBaseWithGroupId<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column GroupIdColumn;

    private protected TrainerEstimatorBaseWithGroupId(MLContext context, TrainerColumns columns, string? groupColumnName)
        : base(context, columns)
    {
        GroupIdColumn = string.IsNullOrEmpty(groupColumnName) ? default : TrainerColumns.KeyLabel(groupColumnName);
    }
}
