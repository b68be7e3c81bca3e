namespace Microsoft.ML.Trainers;

/// <summary>Base of trainers' options: the columns to train on.</summary>
public abstract class TrainerInputBase
{
    public string FeatureColumnName = DefaultColumns.Features;

    private protected TrainerInputBase()
    {
    }
}

/// <inheritdoc/>
public abstract class TrainerInputBaseWithLabel : TrainerInputBase
{
    public string LabelColumnName = DefaultColumns.Label;

    private protected TrainerInputBaseWithLabel()
    {
    }
}

/// <inheritdoc/>
public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
{
    /// <summary>The column of row weights; null weighs all rows alike.</summary>
    public string? ExampleWeightColumnName;

    private protected TrainerInputBaseWithWeight()
    {
    }
}

/// <inheritdoc/>
public abstract class TrainerInputBaseWithGroupId : TrainerInputBaseWithWeight
{
    /// <summary>The column of the groups that rows are ranked in; of use for ranking only.</summary>
    public string? RowGroupColumnName;

    private protected TrainerInputBaseWithGroupId()
    {
    }
}

/// <inheritdoc/>
public abstract class UnsupervisedTrainerInputBaseWithWeight : TrainerInputBase
{
    /// <summary>The column of row weights; null weighs all rows alike.</summary>
    public string? ExampleWeightColumnName;

    private protected UnsupervisedTrainerInputBaseWithWeight()
    {
    }
}
