namespace FeatureTransfer.Server.Requests;

/// <summary>Refuses what is beyond the limits of a request.</summary>
internal static class Limits
{
    /// <summary>Checks how many items there are.</summary>
    /// <exception cref="RefusedException">None, or too many.</exception>
    public static void CheckCount(int items, FeatureTransferServerOptions options)
    {
        if (items == 0)
            throw RefusedException.Malformed("The request holds no item.");
        if (items > options.MaxItems)
            throw RefusedException.TooLarge($"The request holds {items} items. At most {options.MaxItems} are taken at once; send them in several requests.");
    }

    /// <summary>A body that is longer than allowed.</summary>
    public static RefusedException Body(FeatureTransferServerOptions options) =>
        RefusedException.TooLarge($"The body is longer than {options.MaxBodyBytes} bytes. Send smaller files, or fewer at once.");
}
