package omnipoints.routes;

import org.apache.camel.spi.IdempotentRepository;

/**
 * Switches off Camel's list of files in progress. One thread polls a source, so nothing is ever in
 * progress when it looks; and Camel adds names as they are but removes them with backslashes turned
 * into slashes, so that such a file would be passed over for good.
 */
final class NothingInProgress implements IdempotentRepository {
  @Override
  public boolean add(String key) {
    return true;
  }

  @Override
  public boolean contains(String key) {
    return false;
  }

  @Override
  public boolean remove(String key) {
    return true;
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  @Override
  public void clear() {}

  @Override
  public void start() {}

  @Override
  public void stop() {}
}
