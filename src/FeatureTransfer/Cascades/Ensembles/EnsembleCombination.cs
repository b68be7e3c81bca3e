namespace FeatureTransfer.Cascades;

/// <summary>How the answers of an ensemble's models become one.</summary>
public enum EnsembleCombination
{
    /// <summary>The mean of the models' probabilities, weighted if there are weights.</summary>
    Average,

    /// <summary>The class that most models name; the larger mean probability decides between equals.</summary>
    Vote,

    /// <summary>A multinomial logistic regression on the models' scores, learned from rows that the models were not fitted on.</summary>
    Stack,
}
