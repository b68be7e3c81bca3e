namespace FeatureTransfer.Studio;

/// <summary>What lists that are only read lack.</summary>
internal static class ListExtensions
{
    /// <summary>Where an item is; -1 where it is not.</summary>
    public static int IndexOf<T>(this IReadOnlyList<T> list, T item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(list[i], item))
                return i;
        }

        return -1;
    }
}
